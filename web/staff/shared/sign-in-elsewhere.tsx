import { Alert, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { goOnIfSignedIn } from './session.ts';
import { signInOptionsQuery, wayToProvider } from './sign-in-options.ts';

interface SignInElsewhereProps {
  /** Whose work is on screen. */
  readonly userId: string;
  readonly whenSignedIn: () => void;
}

/**
 * The way to the provider in another tab, so that what is ticked and typed in this one stays; nothing where there is no
 * provider. Coming back to this tab is enough.
 */
export function SignInElsewhere({ userId, whenSignedIn }: SignInElsewhereProps): ReactNode {
  const { data } = useQuery(signInOptionsQuery);
  const [isSomebodyElse, setSomebodyElse] = useState(false);
  useEffect(() => {
    const look = async (): Promise<void> => {
      const found = await goOnIfSignedIn(userId);
      setSomebodyElse(found === 'somebody else');
      if (found === 'the same') whenSignedIn();
    };
    const listen = (): void => {
      // Without an answer nothing changes: the next time they come back it is asked again.
      look().catch(() => undefined);
    };
    window.addEventListener('focus', listen);
    return () => window.removeEventListener('focus', listen);
  }, [userId, whenSignedIn]);
  if (data === undefined || data.provider === null) return null;
  return (
    <>
      {isSomebodyElse && (
        <Alert color="red" variant="light" role="alert">
          Somebody else signed in meanwhile: what is ticked and typed here is not theirs to save.
        </Alert>
      )}
      <Button component="a" href={wayToProvider(undefined)} target="_blank" rel="noopener">
        Sign in with {data.provider.name}, in another tab
      </Button>
    </>
  );
}

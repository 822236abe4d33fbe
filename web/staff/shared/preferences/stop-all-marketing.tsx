import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useMay } from '../session.ts';
import { sayDone, sayFailed } from '../toast.tsx';
import classes from './preferences.module.css';
import { preferencesChanged, recordWayOut } from './preferences.ts';

interface StopAllMarketingProps {
  readonly customerId: string;
  readonly name: string;
}

/** One press, no reason asked, at once (UK GDPR 21(3)). */
export function StopAllMarketing({ customerId, name }: StopAllMarketingProps): ReactNode {
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const stop = async (): Promise<void> => {
    setBusy(true);
    try {
      await recordWayOut(customerId, { kind: 'stopped' });
      await preferencesChanged(queries, customerId);
      sayDone(`All marketing to ${name} is stopped from this moment.`);
    } catch (error) {
      sayFailed(error);
    } finally {
      setBusy(false);
    }
  };
  return useMay('permissions:write') ? (
    <Button
      variant="outline"
      color="red"
      className={classes['danger'] ?? ''}
      loading={isBusy}
      onClick={() => void stop()}
    >
      Stop all marketing
    </Button>
  ) : null;
}

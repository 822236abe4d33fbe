import { Button, Paper, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { handTypedText, searchCustomers } from '../../shared/customer-search.ts';
import { KeyHint } from '../../shared/key-hint.tsx';
import { ButtonLink } from '../../shared/links.tsx';
import { Screen } from '../../shared/screen.tsx';
import { useMay } from '../../shared/session.ts';
import { useShortcut } from '../../shared/shortcut.ts';
import { EmptyState, ErrorState, LoadingState } from '../../shared/states.tsx';
import { FoundCustomers, foundMax, moveAmongRows } from './found-customers.tsx';
import { keepTypedText, typedText } from './typed-text.ts';

/** Finding a customer among many who look alike, or entering the one who is not there. */
export function CustomersScreen(): ReactNode {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const mayEnter = useMay('customers:write');
  const place = useRef<HTMLDivElement>(null);
  // Coming back from a record finds the list as it was left; the address never says whom one looked for.
  const [text, setText] = useState(() => typedText(queries));
  const enter = (): void => {
    handTypedText(queries, text);
    void navigate({ to: '/customers/new' });
  };
  useShortcut({ key: 'c' }, enter, mayEnter);
  useShortcut({ key: 'Enter', mod: true, whileTyping: true }, enter, mayEnter);
  return (
    <Screen
      title="Customers"
      actions={
        <>
          <ButtonLink to="/customers/duplicates" variant="default">
            Duplicates
          </ButtonLink>
          {mayEnter && (
            <Button onClick={enter} aria-keyshortcuts="C Control+Enter">
              New customer&nbsp;<KeyHint>Ctrl ↵</KeyHint>
            </Button>
          )}
        </>
      }
    >
      <Paper component="section" ref={place} onKeyDown={moveAmongRows}>
        <TextInput
          type="search"
          label="Who is it?"
          description="Name, company, phone, email, registration, postcode or customer number"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            keepTypedText(queries, event.currentTarget.value);
          }}
          autoFocus={true}
          maw="34rem"
        />
        <Found text={text.trim()} enter={mayEnter ? enter : null} />
      </Paper>
    </Screen>
  );
}

interface FoundProps {
  readonly text: string;
  readonly enter: (() => void) | null;
}

function Found({ text, enter }: FoundProps): ReactNode {
  const [asked] = useDebouncedValue(text, 200);
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ['customers:search', asked, foundMax],
    queryFn: ({ signal }) => searchCustomers(asked, foundMax, signal),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const enterButton = enter !== null && (
    <Button variant="default" onClick={enter}>
      {text === '' ? 'Enter a new customer' : 'Enter this as a new customer'}
    </Button>
  );
  if (asked === '') {
    return (
      <EmptyState title="Type the first letters or digits" action={enterButton}>
        A part of what you know is enough, in any order.
      </EmptyState>
    );
  }
  if (error !== null) return <ErrorState error={error} tryAgain={() => void refetch()} />;
  if (data === undefined) return <LoadingState what="Looking" />;
  if (data.length > 0) return <FoundCustomers hits={data} />;
  if (isPlaceholderData || asked !== text) return <LoadingState what="Looking" />;
  return (
    <EmptyState title="Nobody was found" action={enterButton}>
      Try less of the name, or something else you know.
    </EmptyState>
  );
}

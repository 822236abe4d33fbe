import { Alert, Button, Center, Loader, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { sentenceOf } from './api-problem.ts';
import { ButtonLink } from './links.tsx';

/** What a place shows before there is anything: what it is for, and the one next step. */
export function EmptyState(props: {
  readonly title: string;
  readonly children?: ReactNode;
  /** The one next step, such as a button. */
  readonly action?: ReactNode;
}): ReactNode {
  return (
    <Stack align="center" gap="xs" py="xl" px="md" ta="center">
      <Title order={2}>{props.title}</Title>
      {props.children !== undefined && (
        <Text c="dimmed" maw="34rem">
          {props.children}
        </Text>
      )}
      {props.action}
    </Stack>
  );
}

export function LoadingState({ what = 'Loading' }: { readonly what?: string }): ReactNode {
  return (
    <Center py="xl" role="status" aria-label={what}>
      <Loader size="sm" />
    </Center>
  );
}

/** What went wrong, in the words of the server, and the way to try again. */
export function ErrorState({
  error,
  tryAgain,
}: {
  readonly error: unknown;
  readonly tryAgain?: () => void;
}): ReactNode {
  return (
    <Alert color="red" variant="light" title="This did not work" role="alert" m="md">
      <Stack gap="sm" align="flex-start">
        <Text c="var(--text)">{sentenceOf(error)}</Text>
        {tryAgain !== undefined && (
          <Button size="xs" variant="default" onClick={tryAgain}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

export function NotFoundState(): ReactNode {
  return (
    <EmptyState
      title="There is no such page"
      action={
        <ButtonLink to="/" variant="default">
          Go to Today
        </ButtonLink>
      }
    >
      The address may be mistyped, or what was there is gone.
    </EmptyState>
  );
}

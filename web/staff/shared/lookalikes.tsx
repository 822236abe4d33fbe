import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useId } from 'react';
import type { z } from 'zod';
import type { duplicatesSchema } from '../../../src/features/customers/contract.ts';
import { Reach } from './contact-permissions/permission-marks.tsx';
import { nameOf } from './customer-search.ts';

/** Who is on file and looks like the person that was typed. */
export type Lookalike = z.infer<typeof duplicatesSchema>['duplicates'][number];

/** The question, wherever somebody is entered who may be on file already. */
export const lookalikeQuestion = 'Is it one of these?';

const matchWords: Readonly<Record<Lookalike['matchedOn'][number], string>> = {
  phone: 'same telephone number',
  email: 'same email address',
  vehicle: 'same vehicle',
  name_and_postcode: 'same name and postcode',
};

/** What is alike, in words. */
export function alikeWords({ matchedOn }: Pick<Lookalike, 'matchedOn'>): string {
  return matchedOn.map((match) => matchWords[match]).join(', ');
}

interface LookalikesProps {
  readonly lookalikes: readonly Lookalike[];
  readonly pick: (lookalike: Lookalike) => void;
  readonly isBusy: boolean;
  /** What goes on with somebody else than these. */
  readonly none: { readonly words: string; readonly act: () => void; readonly hint?: string };
  readonly back?: () => void;
}

/** Those who look like the same person, with how they are reached: one press goes on with one of them. */
export function Lookalikes({ lookalikes, pick, isBusy, none, back }: LookalikesProps): ReactNode {
  const hint = useId();
  return (
    <Stack maw="46rem" gap="sm">
      {lookalikes.map((lookalike) => (
        <Paper
          key={lookalike.customerId}
          component="section"
          aria-label={nameOf(lookalike)}
          withBorder={true}
        >
          <Group justify="space-between" align="flex-start">
            <div>
              <Title order={2}>{nameOf(lookalike)}</Title>
              <Text c="dimmed" size="sm">
                No. {lookalike.customerNumber} · {alikeWords(lookalike)}
              </Text>
              <Reach customerId={lookalike.customerId} />
            </div>
            <Button loading={isBusy} variant="default" onClick={() => pick(lookalike)}>
              It is {nameOf(lookalike)}
            </Button>
          </Group>
        </Paper>
      ))}
      <Group>
        <Button
          variant="default"
          loading={isBusy}
          onClick={none.act}
          aria-describedby={none.hint === undefined ? undefined : hint}
        >
          {none.words}
        </Button>
        {back !== undefined && (
          <Button variant="default" onClick={back}>
            Back to the form
          </Button>
        )}
      </Group>
      {none.hint !== undefined && (
        <Text id={hint} size="sm">
          {none.hint}
        </Text>
      )}
    </Stack>
  );
}

import { Alert, Button, Group, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { nameOf } from '../../shared/customer-search.ts';
import { ButtonLink, ScreenLink } from '../../shared/links.tsx';
import { sayDone, sayFailed } from '../../shared/toast.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import type { Customer } from './customer.ts';
import type { Pair, PairJudgement } from './pairs.ts';
import { judgePair, pairsQuery } from './pairs.ts';

interface PairsNoticeProps {
  readonly customer: Customer;
  readonly mayChange: boolean;
}

/** Which other record this one is being compared with, and which ones are known to be somebody else. */
export function PairsNotice({ customer, mayChange }: PairsNoticeProps): ReactNode {
  const queries = useQueryClient();
  const { data = [] } = useQuery(pairsQuery(customer.id));
  if (customer.mergedIntoId !== null) return null;
  const judge = async (pair: Pair, judgement: PairJudgement, done: string): Promise<void> => {
    try {
      await judgePair(queries, [customer.id, pair.customerId], judgement);
      sayDone(done);
    } catch (error) {
      sayFailed(error);
    }
  };
  const tellApart = (pair: Pair): void =>
    void judge(pair, 'different', 'Noted: these are two people. They are not suggested again.');
  const takeBack = (pair: Pair): void =>
    void judge(pair, 'undecided', 'Taken back: they may be suggested again.');
  return data.map((pair) =>
    pair.state === 'checking' ? (
      <Alert
        key={pair.customerId}
        color="yellow"
        variant="light"
        mb="md"
        role="status"
        title={
          <Text c="var(--text)" fw={700}>
            Probably the same person as another record — being checked
          </Text>
        }
      >
        <Text c="var(--text)">
          No marketing goes to either until somebody says. The other record: <OtherLink pair={pair} />,{' '}
          <SaidBy pair={pair} />.
        </Text>
        {mayChange && (
          <Group mt="xs">
            <ButtonLink
              to="/customers/$id/merge/$other"
              params={{ id: customer.id, other: pair.customerId }}
              size="xs"
              variant="default"
            >
              Side by side
            </ButtonLink>
            <Button size="xs" variant="default" onClick={() => tellApart(pair)}>
              Not the same person
            </Button>
          </Group>
        )}
      </Alert>
    ) : (
      <Group key={pair.customerId} mb="md" gap="xs">
        <Text size="sm">
          Not the same person as <OtherLink pair={pair} />: <SaidBy pair={pair} />.
        </Text>
        {mayChange && (
          <Button size="compact-xs" variant="default" onClick={() => takeBack(pair)}>
            Take that back
          </Button>
        )}
      </Group>
    ),
  );
}

function OtherLink({ pair }: { readonly pair: Pair }): ReactNode {
  return (
    <ScreenLink to="/customers/$id" params={{ id: pair.customerId }} underline="always" c="var(--text)">
      {nameOf(pair)}, no. {pair.customerNumber}
    </ScreenLink>
  );
}

function SaidBy({ pair }: { readonly pair: Pair }): ReactNode {
  return (
    <>
      said by {pair.by ?? 'somebody'} <WhenText when={pair.at} />
    </>
  );
}

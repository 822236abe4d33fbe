import { Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { enquirySourceWords, enquiryStageWords } from '../../../../src/domain/enquiry.ts';
import { formatRegistration } from '../../../../src/domain/vehicle-registration.ts';
import { sayPounds } from '../../shared/money.ts';
import { WhenText } from '../../shared/when-text.tsx';
import classes from './enquiries.module.css';
import type { Enquiry } from './enquiries.ts';
import { financeWords } from './enquiry-fields.tsx';

/** What they want, what they bring, and who answers for it. */
export function DetailsCard({ enquiry }: { readonly enquiry: Enquiry }): ReactNode {
  const { partExchange, partExchangeRegistration: registration, budgetPence } = enquiry;
  const facts: readonly (readonly [name: string, value: ReactNode])[] = [
    ['Wants', enquiry.vehicleOfInterest ?? 'Not noted'],
    ...(enquiry.stockNumber === null ? [] : [['Stock number', enquiry.stockNumber] as const]),
    [
      'Part-exchange',
      [partExchange, registration === null ? null : formatRegistration(registration)]
        .filter((part) => part !== null)
        .join(', ') || 'None noted',
    ],
    ['Budget', budgetPence === null ? 'Not noted' : sayPounds(budgetPence)],
    ['Finance', financeWords[enquiry.financeInterest]],
    ['Owner', enquiry.ownerName ?? 'Nobody yet'],
    ['Branch', enquiry.branchName],
    ['Source', enquirySourceWords[enquiry.source]],
  ];
  return (
    <Paper component="section" aria-label="The enquiry">
      <Title order={2} mb="xs">
        The enquiry
      </Title>
      <dl className={classes['facts']}>
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Paper>
  );
}

/** The stages it went through, the latest first. */
export function HistoryCard({ enquiry }: { readonly enquiry: Enquiry }): ReactNode {
  return (
    <Paper component="section" aria-label="How far it has come">
      <Title order={2} mb="xs">
        How far it has come
      </Title>
      <ol className={classes['plain']} reversed={true}>
        {enquiry.stages.map(({ stage, changedAt, changedBy }) => (
          <li key={`${stage} ${changedAt}`}>
            {enquiryStageWords[stage]}
            <Text size="xs" c="dimmed">
              {changedBy}, <WhenText when={changedAt} withTime={true} />
            </Text>
          </li>
        ))}
      </ol>
    </Paper>
  );
}

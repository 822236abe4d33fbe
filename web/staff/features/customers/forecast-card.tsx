import { Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { listWords } from '../../../../src/domain/plain-words.ts';
import type { ContactMethod, ProgrammeKind } from '../../../../src/domain/programme.ts';
import type { ContactForecast } from '../../../../src/features/programmes/forecast/contract.ts';
import { read } from '../../shared/api.ts';
import { EmptyState, ErrorState, LoadingState } from '../../shared/states.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import { pathOf } from './customer.ts';
import classes from './record.module.css';

type Foretold = ContactForecast['contacts'][number];

/** What they are going to hear of us in the next twelve months, by the programmes and permissions as they are. */
export function ForecastCard({ customerId }: { readonly customerId: string }): ReactNode {
  const { data, error, refetch } = useQuery({
    // why: below the customer's own key, so that whatever changes them brings this up to date.
    queryKey: ['/customers', customerId, 'forecast'],
    queryFn: ({ signal }) => read<ContactForecast>(`${pathOf(customerId)}/forecast`, { signal }),
  });
  const going = data?.contacts.filter(({ method }) => method !== null) ?? [];
  const barred = data?.contacts.filter(({ method }) => method === null) ?? [];
  return (
    <Paper component="section" mt="md" aria-label="The next twelve months">
      <Title order={2} mb="xs">
        What they will hear from us
      </Title>
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      {data !== undefined && going.length === 0 && (
        <EmptyState title={barred.length === 0 ? 'Nothing in the next twelve months' : 'Nothing may be sent'}>
          {barred.length === 0
            ? 'No MOT, service or other date of theirs falls into a programme of the contact manager.'
            : 'Reminders will fall due, and none of their ways is permitted. Ask how we may keep in touch.'}
        </EmptyState>
      )}
      {data !== undefined && going.length > 0 && (
        <ol className={classes['foretold']}>
          {going.map((contact) => (
            <Contact key={keyOf(contact)} contact={contact} vehicles={data.vehicles} />
          ))}
        </ol>
      )}
      {data !== undefined && barred.length > 0 && (
        <details className={classes['barred']}>
          <summary>
            {barred.length === 1
              ? 'One reminder will fall due that may not be sent'
              : `${barred.length} reminders will fall due that may not be sent`}
          </summary>
          <ol className={classes['foretold']}>
            {barred.map((contact) => (
              <Contact key={keyOf(contact)} contact={contact} vehicles={data.vehicles} />
            ))}
          </ol>
        </details>
      )}
    </Paper>
  );
}

function keyOf({ on, about, countsFrom, vehicleId }: Foretold): string {
  return `${on} ${about.join()} ${countsFrom} ${vehicleId}`;
}

const wayWords: Readonly<Record<ContactMethod, string>> = {
  letter: 'A letter',
  sms: 'A text',
  email: 'An email',
  live_call: 'A call',
  social_audience: 'Adverts on social media',
};

const aboutWords: Readonly<Record<ProgrammeKind, string>> = {
  mot_due: 'MOT',
  service_due: 'service',
  deferred_work: 'deferred work',
  after_service: 'last visit',
  after_sale: 'new car',
  birthday: 'birthday',
  lapsed_customer: 'long absence',
  open_enquiry: 'enquiry',
};

function Contact({
  contact,
  vehicles,
}: {
  readonly contact: Foretold;
  readonly vehicles: ContactForecast['vehicles'];
}): ReactNode {
  const { on, about, vehicleId, method, skipped, isSupposed, countsFrom } = contact;
  const car = vehicles.find(({ id }) => id === vehicleId)?.registration ?? null;
  const topic = listWords(about.map((kind) => aboutWords[kind]));
  const whose = car === null ? `their ${topic}` : `${car}’s ${topic}`;
  return (
    <li className={classes['foretoldContact']}>
      <Text span c="dimmed" className={classes['dayName'] ?? ''}>
        <WhenText when={on} />
      </Text>
      <span>
        {method === null ? 'Nothing' : wayWords[method]} about {whose}
        <Text span c="dimmed" size="sm">
          {' · '}
          {isSupposed ? 'if it is due again on ' : 'counts from '}
          <WhenText when={countsFrom} />
        </Text>
        {skipped.map((way) => (
          <Text key={way.method} span c="dimmed" size="sm" className={classes['flag'] ?? ''}>
            Not {wayWords[way.method].toLowerCase()}: {way.sentences.join(' ')}
          </Text>
        ))}
      </span>
    </li>
  );
}

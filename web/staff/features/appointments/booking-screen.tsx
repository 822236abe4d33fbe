import { Paper, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { z } from 'zod';
import type { customerSchema } from '../../../../src/features/customers/contract.ts';
import { read } from '../../shared/api.ts';
import { nowOfBrowser } from '../../shared/clock.ts';
import { nameOf } from '../../shared/customer-search.ts';
import { Screen } from '../../shared/screen.tsx';
import { useSession } from '../../shared/session.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import type { Guess } from '../../shared/typed-guess.ts';
import { diaryQuery } from './appointments.ts';
import type { Who } from './booking.ts';
import { BookingForm } from './booking-form.tsx';
import { mondayOf, todayIn } from './dates.ts';
import { NewKeeper } from './new-keeper.tsx';
import { WeekRoom } from './week-view.tsx';
import { WhoField } from './who-field.tsx';

const route = getRouteApi('/signed-in/appointments/new');

type Step =
  | { readonly at: 'search' }
  | { readonly at: 'new'; readonly guess: Guess; readonly changedHands: boolean }
  | { readonly at: 'book'; readonly who: Who; readonly registration: string | null };

/** Books a car in while somebody is on the phone: who, which car, what for, when; by keyboard from start to finish. */
export function BookingScreen(): ReactNode {
  const { branch } = useSession();
  const { customer } = route.useSearch();
  const today = todayIn(nowOfBrowser());
  const { data } = useQuery(diaryQuery(branch.code, mondayOf(today), 7));
  return (
    <Screen title="Book a car in" subtitle={`At ${branch.name}`}>
      {customer === undefined ? (
        <Steps key="search" first={{ at: 'search' }} />
      ) : (
        <KnownCustomer id={customer} />
      )}
      {data !== undefined && (
        <section aria-label={`This week at ${branch.name}`}>
          <Title order={2} my="sm">
            This week at {branch.name}
          </Title>
          <WeekRoom diary={data} today={today} />
        </section>
      )}
    </Screen>
  );
}

/** Whoever comes from a customer's record is not looked for again. */
function KnownCustomer({ id }: { readonly id: string }): ReactNode {
  const { data, error, refetch } = useQuery({
    queryKey: ['/customers', id],
    queryFn: ({ signal }) =>
      read<z.infer<typeof customerSchema>>(`/customers/${encodeURIComponent(id)}`, { signal }),
  });
  if (error !== null) return <ErrorState error={error} tryAgain={() => void refetch()} />;
  if (data === undefined) return <LoadingState />;
  const who = { customerId: data.id, name: nameOf(data), postcode: null };
  return <Steps key={data.id} first={{ at: 'book', who, registration: null }} />;
}

function Steps({ first }: { readonly first: Step }): ReactNode {
  const [step, setStep] = useState(first);
  const book = (who: Who, registration: string | null): void => setStep({ at: 'book', who, registration });
  if (step.at === 'book') {
    return (
      <BookingForm
        key={step.who.customerId}
        who={step.who}
        registration={step.registration}
        startAgain={() => setStep({ at: 'search' })}
      />
    );
  }
  return (
    <Paper component="section" aria-label="Who is it?">
      {step.at === 'search' ? (
        <WhoField
          pick={(hit, guess) => {
            const { customerId, postcode } = hit;
            book({ customerId, name: nameOf(hit), postcode }, guess.registration ?? null);
          }}
          enter={(guess, changedHands) => setStep({ at: 'new', guess, changedHands })}
        />
      ) : (
        <NewKeeper
          guess={step.guess}
          changedHands={step.changedHands}
          entered={(who) => book(who, step.guess.registration ?? null)}
          back={() => setStep({ at: 'search' })}
        />
      )}
    </Paper>
  );
}

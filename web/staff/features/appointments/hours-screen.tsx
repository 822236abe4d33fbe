import { Alert, Button, Group, Paper, Stack, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { sentenceOf } from '../../shared/api-problem.ts';
import { Screen } from '../../shared/screen.tsx';
import { useSession } from '../../shared/session.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { sayDone } from '../../shared/toast.tsx';
import { DayFields } from './day-fields.tsx';
import type { TypedHours, WorkshopHours } from './hours.ts';
import { givenHours, hoursQuery, saveHours, typedFrom, weekdays } from './hours.ts';
import { OtherDays } from './other-days.tsx';

/** When the workshop of the branch worked at is open, and how much it can do. */
export function HoursScreen(): ReactNode {
  const { branch } = useSession();
  const { data, error, refetch } = useQuery(hoursQuery(branch.code));
  return (
    <Screen
      title="Hours and capacity"
      subtitle={`The workshop at ${branch.name}. What is booked already stays booked.`}
    >
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      {data !== undefined && <HoursForm key={data.version} known={data} />}
    </Screen>
  );
}

function HoursForm({ known }: { readonly known: WorkshopHours }): ReactNode {
  const queries = useQueryClient();
  const [typed, setTyped] = useState<TypedHours>(() => typedFrom(known));
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    const given = givenHours(typed);
    if ('fault' in given) {
      setProblem(given.fault);
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      await saveHours(known, given.settings);
      sayDone('The hours are saved.');
      await queries.invalidateQueries({ queryKey: ['/workshop-hours'] });
      await queries.invalidateQueries({ queryKey: ['/diary'] });
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      noValidate={true}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void save();
      }}
    >
      <Stack>
        <Paper component="section" aria-label="The week">
          {typed.week.map((day, index) => (
            <DayFields
              key={weekdays[index]}
              name={weekdays[index] ?? ''}
              day={day}
              change={(fields) =>
                setTyped({
                  ...typed,
                  week: typed.week.map((each, place) => (place === index ? { ...each, ...fields } : each)),
                })
              }
            />
          ))}
        </Paper>
        <OtherDays typed={typed} change={(others) => setTyped({ ...typed, others })} />
        <Paper component="section" aria-label="Lead time">
          <TextInput
            label="Say what is due so many days before"
            inputMode="numeric"
            maw="18rem"
            value={typed.leadDays}
            onChange={(event) => setTyped({ ...typed, leadDays: event.currentTarget.value })}
          />
        </Paper>
        {problem !== null && (
          <Alert color="red" variant="light" role="alert">
            {problem}
          </Alert>
        )}
        <Group>
          <Button type="submit" loading={isBusy}>
            Save the hours
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

import { Alert, Button, Checkbox, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { sentenceOf } from '../../shared/api-problem.ts';
import { Screen } from '../../shared/screen.tsx';
import { useSession } from '../../shared/session.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { sayDone } from '../../shared/toast.tsx';
import classes from './appointments.module.css';
import type { TypedDay, TypedHours, WorkshopHours } from './hours.ts';
import { givenHours, hoursQuery, saveHours, typedFrom, weekdays } from './hours.ts';

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
    const given = givenHours(typed, known);
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
        <ClosedDays closed={typed.closed} change={(closed) => setTyped({ ...typed, closed })} />
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

interface DayFieldsProps {
  readonly name: string;
  readonly day: TypedDay;
  readonly change: (fields: Partial<TypedDay>) => void;
}

const fields = [
  ['opens', 'Opens', 'time'],
  ['lastArrival', 'Last car', 'time'],
  ['closes', 'Closes', 'time'],
  ['serviceHours', 'Workshop hours', 'text'],
  ['motHours', 'MOT bay hours', 'text'],
  ['arrivalsAtOnce', 'Cars at once', 'text'],
  ['courtesyCars', 'Courtesy cars', 'text'],
] as const;

function DayFields({ name, day, change }: DayFieldsProps): ReactNode {
  return (
    <fieldset className={classes['hoursDay']}>
      <legend className={classes['legend']}>{name}</legend>
      <Checkbox
        label="Open"
        checked={day.isOpen}
        onChange={(event) => change({ isOpen: event.currentTarget.checked })}
      />
      {day.isOpen &&
        fields.map(([field, label, type]) => (
          <TextInput
            key={field}
            label={label}
            type={type}
            inputMode={type === 'text' ? 'decimal' : undefined}
            w={type === 'time' ? '7.5rem' : '6.5rem'}
            value={day[field]}
            onChange={(event) => change({ [field]: event.currentTarget.value })}
          />
        ))}
    </fieldset>
  );
}

interface ClosedDaysProps {
  readonly closed: TypedHours['closed'];
  readonly change: (closed: TypedHours['closed']) => void;
}

function ClosedDays({ closed, change }: ClosedDaysProps): ReactNode {
  return (
    <Paper component="section" aria-label="Closed days">
      <Title order={2}>Closed days</Title>
      {closed.length === 0 && <Text c="dimmed">None, such as a bank holiday, beside the week above.</Text>}
      {closed.map((day, index) => {
        const put = (changes: Partial<typeof day>): void =>
          change(closed.map((each, place) => (place === index ? { ...each, ...changes } : each)));
        return (
          <Group key={`${String(index)} of ${closed.length}`} align="flex-end" gap="xs" mt="xs">
            <TextInput
              type="date"
              label="Day"
              value={day.on}
              onChange={(event) => put({ on: event.currentTarget.value })}
            />
            <TextInput
              label="Because"
              placeholder="Christmas Day"
              value={day.reason}
              onChange={(event) => put({ reason: event.currentTarget.value })}
            />
            <Button variant="subtle" onClick={() => change(closed.filter((each) => each !== day))}>
              Remove {day.reason || 'this day'}
            </Button>
          </Group>
        );
      })}
      <Button mt="sm" variant="default" onClick={() => change([...closed, { on: '', reason: '' }])}>
        Add a closed day
      </Button>
    </Paper>
  );
}

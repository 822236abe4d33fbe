import { Alert, Button, Group, Modal, NativeSelect, Stack, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { JobType, Meanwhile } from '../../../../src/domain/workshop.ts';
import { jobTypes, jobTypeWords, meanwhiles } from '../../../../src/domain/workshop.ts';
import { ApiProblem, sentenceOf } from '../../shared/api-problem.ts';
import { useReturnFocus } from '../../shared/return-focus.tsx';
import { sayDone } from '../../shared/toast.tsx';
import type { Appointment } from './appointments.ts';
import { advisersQuery, carWords, changeAppointment, meanwhileWords } from './appointments.ts';
import { ChoiceChips, TickChips } from './choice-chips.tsx';

interface ChangeDialogProps {
  readonly appointment: Appointment;
  readonly close: () => void;
}

/** What is done, who looks after it, what the customer does meanwhile, and notes. */
export function ChangeDialog({ appointment, close }: ChangeDialogProps): ReactNode {
  useReturnFocus();
  const queries = useQueryClient();
  const { data: advisers = [] } = useQuery(advisersQuery);
  const [work, setWork] = useState<ReadonlySet<JobType>>(
    new Set(appointment.jobs.filter(({ findingId }) => findingId === null).map(({ jobType }) => jobType)),
  );
  const [meanwhile, setMeanwhile] = useState<Meanwhile>(appointment.meanwhile);
  const [adviserId, setAdviserId] = useState(appointment.adviserId ?? '');
  const [notes, setNotes] = useState(appointment.notes ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    const jobs = jobsWith(appointment.jobs, work);
    if (jobs.length === 0) {
      setProblem('Say what it comes for: a service, an MOT or something else.');
      return;
    }
    setBusy(true);
    try {
      const changes = { meanwhile, adviserId: adviserId || null, notes: notes.trim() || null };
      await changeAppointment(queries, appointment, {
        ...changes,
        ...(isSame(jobs, appointment.jobs) ? {} : { jobs }),
      });
      sayDone('The appointment is changed.');
      close();
    } catch (error) {
      const isLate = error instanceof ApiProblem && error.status === 412;
      setProblem(
        isLate
          ? 'Somebody else changed this appointment meanwhile. Look, and save again.'
          : sentenceOf(error),
      );
      setBusy(false);
    }
  };
  return (
    <Modal opened={true} onClose={close} title={`Change ${carWords(appointment.vehicle)}`} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void save();
        }}
      >
        <Stack>
          <TickChips
            label="What for"
            choices={jobTypes
              .filter((each) => each !== 'vhc')
              .map((value) => ({ value, label: jobTypeWords[value] }))}
            chosen={work}
            toggle={(value) => {
              const next = new Set(work);
              if (!next.delete(value)) next.add(value);
              setWork(next);
            }}
          />
          <ChoiceChips
            label="Meanwhile"
            name="change-meanwhile"
            choices={meanwhiles.map((value) => ({ value, label: meanwhileWords[value] }))}
            chosen={meanwhile}
            choose={setMeanwhile}
          />
          <NativeSelect
            label="Looked after by"
            value={adviserId}
            data={[
              { value: '', label: 'Nobody yet' },
              ...advisers.map(({ id, fullName }) => ({ value: id, label: fullName })),
            ]}
            onChange={(event) => setAdviserId(event.currentTarget.value)}
          />
          <Textarea
            label="Notes"
            autosize={true}
            minRows={2}
            maxLength={2_000}
            value={notes}
            onChange={(event) => setNotes(event.currentTarget.value)}
          />
          {problem !== null && (
            <Alert color="red" variant="light" role="alert">
              {problem}
            </Alert>
          )}
          <Group>
            <Button type="submit" loading={isBusy}>
              Save
            </Button>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

type GivenJob = Pick<Appointment['jobs'][number], 'jobType' | 'findingId'> & { readonly minutes?: number };

/** What stays keeps its time; deferred work that is booked stays; what is new takes the usual time. */
function jobsWith(known: Appointment['jobs'], work: ReadonlySet<JobType>): GivenJob[] {
  const kept = known.filter(({ jobType, findingId }) => findingId !== null || work.has(jobType));
  const added = [...work].filter(
    (each) => !kept.some(({ jobType, findingId }) => findingId === null && jobType === each),
  );
  return [
    ...kept.map(({ jobType, minutes, findingId }) => ({ jobType, minutes, findingId })),
    ...added.map((jobType) => ({ jobType, findingId: null })),
  ];
}

function isSame(jobs: readonly GivenJob[], known: Appointment['jobs']): boolean {
  return (
    jobs.length === known.length && jobs.every(({ jobType }, index) => known[index]?.jobType === jobType)
  );
}

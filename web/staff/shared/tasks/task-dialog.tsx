import { Group, NativeSelect, Select, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { nowOfBrowser } from '../clock.ts';
import { isoDayOf } from '../days.ts';
import { besideFields, FormDialog, useSubmission } from '../form-dialog.tsx';
import { useSession } from '../session.ts';
import { sayDone } from '../toast.tsx';
import type { Task } from './tasks.ts';
import { addTask, assigneesQuery, changeTask } from './tasks.ts';

/** What a new task is about. */
export interface TaskAbout {
  readonly customerId?: string;
  readonly enquiryId?: string;
  /** Of whom or what, in words. */
  readonly words?: string;
  /** The customer's vehicles, one of which it may be about. */
  readonly vehicles?: readonly { readonly id: string; readonly name: string }[];
}

interface TaskDialogProps {
  /** The one that is edited; null for a new one. */
  readonly task: Task | null;
  readonly about?: TaskAbout;
  readonly close: () => void;
}

interface Typed {
  readonly what: string;
  readonly details: string;
  readonly assignedTo: string;
  readonly dueOn: string;
  readonly vehicleId: string;
}

/** A task for oneself or a colleague: what, by when, about whom. */
export function TaskDialog({ task, about = {}, close }: TaskDialogProps): ReactNode {
  const { user } = useSession();
  const queries = useQueryClient();
  const submission = useSubmission();
  const form = useForm<Typed>({
    initialValues: typedFrom(task, user.id),
    validate: {
      what: (what) => (what.trim() === '' ? 'Say what is to be done.' : null),
      dueOn: (on) => (on === '' ? 'Say by when.' : null),
    },
  });
  const submit = form.onSubmit((typed) =>
    submission.run(async () => {
      const { vehicleId, details, ...fields } = typed;
      const body = { ...fields, details: details.trim() === '' ? null : details };
      const saved =
        task === null
          ? await addTask(queries, { ...body, ...referencesOf(about, vehicleId) })
          : await changeTask(queries, task, body);
      sayDone(`${task === null ? 'Added for' : 'Changed; it is up to'} ${saved.assignedToName}.`);
      close();
    }, besideFields(form)),
  );
  return (
    <FormDialog
      title={titleOf(task, about)}
      verb={task === null ? 'Add the task' : 'Save'}
      submit={submit}
      submission={submission}
      close={close}
    >
      <TextInput
        label="What is to be done"
        placeholder="Ring back about the deposit"
        maxLength={200}
        data-autofocus={true}
        {...form.getInputProps('what')}
      />
      <Group align="flex-start">
        <Whose input={form.getInputProps('assignedTo')} />
        <TextInput type="date" label="By" w="10rem" {...form.getInputProps('dueOn')} />
      </Group>
      {task === null && about.vehicles !== undefined && about.vehicles.length > 0 && (
        <NativeSelect
          label="About a vehicle"
          data={[
            { value: '', label: 'None in particular' },
            ...about.vehicles.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          {...form.getInputProps('vehicleId')}
        />
      )}
      <Textarea
        label="Details"
        autosize={true}
        minRows={2}
        maxLength={1_000}
        {...form.getInputProps('details')}
      />
      {task !== null && <Text size="sm" c="dimmed">{`Added by ${task.createdBy}`}</Text>}
    </FormDialog>
  );
}

function Whose({ input }: { readonly input: object }): ReactNode {
  const { data = [] } = useQuery(assigneesQuery);
  return (
    <Select
      label="Whose task"
      flex="1 1 12rem"
      searchable={true}
      allowDeselect={false}
      data={data.map(({ id, fullName }) => ({ value: id, label: fullName }))}
      {...input}
    />
  );
}

function typedFrom(task: Task | null, me: string): Typed {
  if (task === null) {
    return { what: '', details: '', assignedTo: me, dueOn: isoDayOf(nowOfBrowser()), vehicleId: '' };
  }
  const { what, details, assignedTo, dueOn } = task;
  return { what, details: details ?? '', assignedTo, dueOn, vehicleId: '' };
}

function referencesOf({ customerId, enquiryId }: TaskAbout, vehicleId: string) {
  return {
    ...(customerId === undefined ? {} : { customer: customerId }),
    ...(enquiryId === undefined ? {} : { enquiryId }),
    ...(vehicleId === '' ? {} : { vehicleId }),
  };
}

function titleOf(task: Task | null, { words }: TaskAbout): string {
  if (task === null) return words === undefined ? 'New task' : `New task about ${words}`;
  return task.customer === null ? 'Task' : `Task about ${task.customer.displayName}`;
}

import { appointmentStatusOf, appointmentStatusWords } from '../../../domain/appointment-status.ts';
import { londonDateOf } from '../../../domain/london.ts';
import {
  categoryWords,
  channelWords,
  dateWords,
  listWords,
  midSentence,
} from '../../../domain/plain-words.ts';
import { formatRegistration } from '../../../domain/vehicle-registration.ts';
import type { Category, Channel } from '../../../domain/vocabulary.ts';
import type { JobType } from '../../../domain/workshop.ts';
import { jobTypeWords } from '../../../domain/workshop.ts';
import type { Context } from '../../../platform/context.ts';
import type { Appointment } from '../../appointments/service.ts';
import { appointmentsOf } from '../../appointments/service.ts';
import { enquiryNotesOf, enquiryStepsOf } from '../../enquiries/service.ts';
import type { HandOver } from '../../messages/service.ts';
import { notesOf } from '../../notes/service.ts';
import type { TaskStep } from '../../tasks/service.ts';
import { taskStepsOf } from '../../tasks/service.ts';
import { actorNames } from '../../users/service.ts';
import type { KeptVehicle } from '../../vehicles/service.ts';
import type { TimelineEntry } from '../service.ts';

/**
 * What was dealt with beside the ledger: vehicles, what was booked, enquiries, notes, tasks, and what was handed over.
 * Guarantees that a note that was removed is told of without a word of what it said.
 */
export async function dealingEntries(
  context: Context,
  customerId: string,
  vehicles: readonly KeptVehicle[],
): Promise<TimelineEntry[]> {
  return [
    ...vehicles.flatMap(vehicleEntries),
    ...(await appointmentsOf(context, customerId)).map(appointmentEntry),
    ...(await enquiryEntries(context, customerId)),
    ...(await noteEntries(context, customerId)),
    ...(await taskEntries(context, customerId)),
  ];
}

export const messagePrefix = 'message:';

/** What was handed over, a hand-over an entry. */
export async function messageEntries(
  context: Context,
  messages: readonly HandOver[],
): Promise<TimelineEntry[]> {
  const by = await actorNames(
    context,
    messages.flatMap(({ exportedBy }) => exportedBy ?? []),
  );
  return messages.map(({ id, handedOverAt, channel, purpose, exportId, exportedBy }) => {
    const name = exportedBy === null ? null : (by.get(exportedBy) ?? null);
    const about = purposeWords[purpose] ?? categoryWords[purpose as Category] ?? purpose;
    const way = midSentence(channelWords[channel as Channel] ?? channel);
    return {
      id: `${messagePrefix}${id}`,
      kind: 'message',
      on: londonDateOf(handedOverAt),
      at: handedOverAt,
      sentence:
        exportId === null
          ? `${about} sent by ${way}`
          : `Put on a mailing list for ${midSentence(about)} by ${way}`,
      detail: name === null ? null : `list made by ${name}`,
      sequence: null,
      opens: null,
    };
  });
}

const purposeWords: Readonly<Record<string, string>> = {
  service_message: 'Service message',
  permission_request: 'A request for permission',
};

function vehicleEntries(vehicle: KeptVehicle): TimelineEntry[] {
  const name = vehicleName(vehicle) ?? 'A vehicle';
  const { vehicleId, fromOn, untilOn, linkedAt } = vehicle;
  const linked = {
    id: `vehicle:${vehicleId}:1`,
    kind: 'vehicle',
    on: londonDateOf(linkedAt),
    at: linkedAt,
    sentence: `${name} linked`,
    detail: fromOn === null ? null : `theirs since ${dateWords(fromOn)}`,
    sequence: null,
    opens: null,
  } as const;
  if (untilOn === null) return [linked];
  return [
    linked,
    {
      id: `vehicle:${vehicleId}:2`,
      kind: 'vehicle',
      on: untilOn,
      at: null,
      sentence: `${name} no longer owned`,
      detail: null,
      sequence: null,
      opens: null,
    },
  ];
}

function appointmentEntry(appointment: Appointment): TimelineEntry {
  const { id, bookedAt, arrivesOn, arrivalTime, jobs, status, branchName } = appointment;
  const work = listWords(jobs.map(({ jobType }) => jobTypeWords[jobType as JobType]));
  return {
    id: `appointment:${id}`,
    kind: 'appointment',
    on: londonDateOf(bookedAt),
    at: bookedAt,
    sentence: `${vehicleName(appointment) ?? 'A vehicle'} booked in for ${dateWords(arrivesOn)} at ${arrivalTime}`,
    detail: [work, branchName, appointmentStatusWords[appointmentStatusOf(status)]].join(' · '),
    sequence: null,
    opens: { kind: 'appointment', id },
  };
}

async function enquiryEntries(context: Context, customerId: string): Promise<TimelineEntry[]> {
  const steps = await enquiryStepsOf(context, customerId);
  const notes = await enquiryNotesOf(context, customerId);
  const by = await actorNames(context, [
    ...steps.map((step) => step.by),
    ...notes.map((note) => note.writtenBy),
  ]);
  return [
    ...steps.map(
      (step): TimelineEntry => ({
        id: `enquiry:${step.id}`,
        kind: 'enquiry',
        on: londonDateOf(step.at),
        at: step.at,
        sentence: step.sentence,
        detail: by.get(step.by) ?? null,
        sequence: null,
        opens: { kind: 'enquiry', id: step.enquiryId },
      }),
    ),
    ...notes.map(
      (note): TimelineEntry => ({
        id: `note:${note.id}`,
        kind: 'note',
        on: londonDateOf(note.writtenAt),
        at: note.writtenAt,
        sentence: `Noted on an enquiry: ${note.text}`,
        detail: by.get(note.writtenBy) ?? null,
        sequence: null,
        opens: { kind: 'enquiry', id: note.enquiryId },
      }),
    ),
  ];
}

async function noteEntries(context: Context, customerId: string): Promise<TimelineEntry[]> {
  const notes = await notesOf(context, customerId);
  return notes.map((note) => {
    const what = note.kind === 'care' ? 'Care note' : 'Noted';
    const details = [
      note.writtenBy,
      note.editedBy === null ? null : `edited by ${note.editedBy}`,
      note.endedBy === null ? null : `ended by ${note.endedBy}`,
    ].filter((detail) => detail !== null);
    return {
      id: `note:${note.id}`,
      kind: 'note',
      on: londonDateOf(note.writtenAt),
      at: note.writtenAt,
      sentence:
        note.text === null ? `A note, removed by ${note.removedBy ?? 'somebody'}` : `${what}: ${note.text}`,
      detail: details.join(' · '),
      sequence: null,
      opens: null,
    };
  });
}

async function taskEntries(context: Context, customerId: string): Promise<TimelineEntry[]> {
  const steps = await taskStepsOf(context, customerId);
  const by = await actorNames(
    context,
    steps.map((step) => step.by),
  );
  return steps.map((step) => ({
    id: `task:${step.taskId}:${String(step.sequence).padStart(5, '0')}`,
    kind: 'task',
    on: londonDateOf(step.at),
    at: step.at,
    sentence: taskSentence(step),
    detail: by.get(step.by) ?? null,
    sequence: null,
    opens: { kind: 'task', id: step.taskId },
  }));
}

function taskSentence({ kind, what, assignedToName, dueOn }: TaskStep): string {
  const sentences = {
    added: `Task for ${assignedToName} by ${dateWords(dueOn)}: ${what}`,
    assigned: `Task handed to ${assignedToName}: ${what}`,
    put_off: `Task now due on ${dateWords(dueOn)}: ${what}`,
    done: `Task done: ${what}`,
    reopened: `Task reopened: ${what}`,
  } as const;
  return sentences[kind];
}

/** `Ford Focus AB12 CDE`. */
export function vehicleName(
  vehicle: Pick<KeptVehicle, 'make' | 'model' | 'registration' | 'vin'> | undefined,
): string | null {
  if (vehicle === undefined) return null;
  const { make, model, registration, vin } = vehicle;
  const mark = registration === null ? vin : formatRegistration(registration);
  return [make, model, mark].flatMap((word) => word ?? []).join(' ') || null;
}

import { describe, expect, it } from 'vitest';
import { bookedWorkAfter, openWorkOf } from '../../../src/features/appointments/booked-work/service.ts';
import { changeAppointment } from '../../../src/features/appointments/changes/service.ts';
import { findSlots, readDiary } from '../../../src/features/appointments/diary/service.ts';
import { changeHours, hoursOf } from '../../../src/features/appointments/hours/service.ts';
import {
  bookAppointment,
  listAppointments,
  readAppointment,
} from '../../../src/features/appointments/service.ts';
import { findBranch } from '../../../src/features/branches/service.ts';
import { endKeeping, mergeCustomers } from '../../../src/features/customers/service.ts';
import type { Context } from '../../../src/platform/context.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { givenAppointment, givenKeeper } from '../../support/workshop.ts';

const database = useDatabase();
const wednesday = '2026-11-25';

/** The Wednesday has room for so many minutes, and nothing booked. */
async function workshopWith(minutes: { service: number; mot: number }): Promise<Context> {
  const context = await contextOn(database);
  await database.query('delete from appointment');
  const { id } = await findBranch(context, 'MAIN');
  const { settings, version } = await hoursOf(context, id);
  const [usual] = settings.week;
  if (usual == null) throw new Error('The workshop is open on Mondays.');
  const hours = { ...usual, serviceMinutes: minutes.service, motMinutes: minutes.mot, courtesyCars: 1 };
  const exceptions = [{ on: wednesday, reason: 'Half the team is on a course', hours }];
  await changeHours(context, id, { exceptions }, { expectedVersion: version, actor: adviser });
  return context;
}

describe('booking a car in', () => {
  it('of two who book the last hours at the same moment, one is told that they are gone', async () => {
    const context = await workshopWith({ service: 90, mot: 0 });
    const keepers = await Promise.all([givenKeeper(context), givenKeeper(context)]);
    const outcomes = await Promise.allSettled(
      keepers.map((keeper) => givenAppointment(context, { ...keeper, jobs: [{ jobType: 'service' }] })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({
      code: 'workshop-full',
      message: expect.stringMatching(
        /^The workshop has too few hours left on 25 November 2026: .* The next free time/,
      ),
    });
    const { days } = await readDiary(context, { branch: 'MAIN', fromOn: wednesday, days: 1 });
    expect(days[0]?.capacity).toEqual([
      { skill: 'service', capacityMinutes: 90, takenMinutes: 90 },
      { skill: 'mot', capacityMinutes: 0, takenMinutes: 0 },
    ]);
    expect(days[0]).toMatchObject({ closedBecause: 'Half the team is on a course', isOpen: true });
  });

  it('the MOT bay has hours of its own, and a full one does not keep a service out', async () => {
    const context = await workshopWith({ service: 480, mot: 45 });
    await givenAppointment(context, { jobs: [{ jobType: 'mot' }] });
    await expect(givenAppointment(context, { jobs: [{ jobType: 'mot' }] })).rejects.toMatchObject({
      code: 'mot-bay-full',
    });
    await expect(givenAppointment(context, { jobs: [{ jobType: 'service' }] })).resolves.toBeDefined();
  });

  it('what is cancelled or never came gives its hours and its courtesy car back', async () => {
    const context = await workshopWith({ service: 90, mot: 0 });
    const id = await givenAppointment(context, { meanwhile: 'courtesy_car' });
    await expect(givenAppointment(context, { meanwhile: 'leaves' })).rejects.toMatchObject({
      code: 'workshop-full',
    });
    await changeAppointment(context, id, { status: 'cancelled' }, 1);
    const other = await givenAppointment(context, { meanwhile: 'courtesy_car' });
    await expect(changeAppointment(context, id, { status: 'booked' }, 2)).rejects.toMatchObject({
      code: 'workshop-full',
    });
    await changeAppointment(context, other, { status: 'cancelled' }, 1);
    await changeAppointment(context, id, { status: 'booked' }, 2);
    expect(await readAppointment(context, id)).toMatchObject({ status: 'booked', endedAt: null, version: 3 });
  });

  it('goes beyond what a day can do only with a reason, and never with a car that is not there', async () => {
    const context = await workshopWith({ service: 90, mot: 0 });
    await givenAppointment(context, { meanwhile: 'courtesy_car' });
    const because = { overbookedBecause: 'Not safe to drive' };
    const over = await givenAppointment(context, because);
    expect(await readAppointment(context, over)).toMatchObject({ ...because, overbookedBy: 'adviser' });
    await expect(
      givenAppointment(context, { ...because, meanwhile: 'courtesy_car', arrivesOn: '2026-11-29' }),
    ).rejects.toMatchObject({ code: 'workshop-closed' });
    await changeAppointment(context, over, { arrivesOn: '2026-11-26' }, 1);
    expect(await readAppointment(context, over)).toMatchObject({
      overbookedBecause: null,
      overbookedBy: null,
    });
    await expect(changeAppointment(context, over, { arrivesOn: wednesday }, 2)).rejects.toMatchObject({
      code: 'workshop-full',
    });
    await changeAppointment(context, over, { arrivesOn: wednesday, ...because }, 2, adviser);
    expect(await readAppointment(context, over)).toMatchObject({ arrivesOn: wednesday, ...because });
  });

  it('offers the first times that are free, and never one that a booking would not get', async () => {
    const context = await workshopWith({ service: 90, mot: 0 });
    const question = { branch: 'MAIN', meanwhile: 'leaves', days: 60, limit: 6, everyTime: false } as const;
    const jobs = [{ jobType: 'service' as const }];
    expect((await findSlots(context, { ...question, jobs })).slots).toEqual([
      { arrivesOn: '2026-11-23', arrivalTime: '11:00' },
      { arrivesOn: '2026-11-23', arrivalTime: '12:00' },
      { arrivesOn: '2026-11-24', arrivalTime: '08:00' },
      { arrivesOn: '2026-11-24', arrivalTime: '12:00' },
      { arrivesOn: '2026-11-25', arrivalTime: '08:00' },
      { arrivesOn: '2026-11-25', arrivalTime: '12:00' },
    ]);
    await givenAppointment(context);
    const later = await findSlots(context, { ...question, jobs, fromOn: wednesday });
    expect(later.slots[0]).toEqual({ arrivesOn: '2026-11-26', arrivalTime: '08:00' });
    expect(await findSlots(context, { ...question, jobs, fromOn: '2026-11-29', everyTime: true })).toEqual({
      slots: [],
      full: 'The workshop is closed on 29 November 2026. The next free time for this work is 30 November 2026 at 08:00.',
    });
    expect(await findSlots(context, { ...question, jobs, fromOn: wednesday, everyTime: true })).toMatchObject(
      {
        slots: [],
        full:
          'The workshop has too few hours left on 25 November 2026: 1 h 30 min of 1 h 30 min are taken. The MOT bay: ' +
          '0 min of 0 min are taken. The next free time for this work is 26 November 2026 at 08:00.',
      },
    );
  });

  it('a car that is not theirs, a day that has passed and a merged record are refused', async () => {
    const context = await workshopWith({ service: 900, mot: 0 });
    const keeper = await givenKeeper(context);
    await expect(givenAppointment(context, { ...keeper, arrivesOn: '2026-11-22' })).rejects.toMatchObject({
      field: 'arrivesOn',
    });
    await endKeeping(context, keeper.customerId, keeper.vehicleId);
    await expect(givenAppointment(context, keeper)).rejects.toMatchObject({ field: 'vehicleId' });
    const survivorId = await givenCustomer(context);
    const absorbed = await givenKeeper(context);
    const id = await givenAppointment(context, absorbed);
    await mergeCustomers(context, { survivorId, absorbedId: absorbed.customerId }, adviser);
    expect(await readAppointment(context, id)).toMatchObject({ customerId: survivorId });
    await expect(givenAppointment(context, absorbed)).rejects.toMatchObject({ code: 'customer-merged' });
  });

  it('lists the appointments of one customer page by page', async () => {
    const context = await workshopWith({ service: 900, mot: 0 });
    const keeper = await givenKeeper(context);
    for (const arrivalTime of ['10:00', '08:00', '09:00'])
      await givenAppointment(context, { ...keeper, arrivalTime });
    const first = await listAppointments(context, { customerId: keeper.customerId, after: null, limit: 2 });
    const rest = await listAppointments(context, {
      customerId: keeper.customerId,
      after: first.next,
      limit: 2,
    });
    const times = [...first.appointments, ...rest.appointments].map(({ arrivalTime }) => arrivalTime);
    expect(times).toEqual(['08:00', '09:00', '10:00']);
    expect(rest.next).toBeNull();
  });
});

describe('where a car stands', () => {
  it('goes from booked to collected a step at a time, each with its moment, and back where it was a slip', async () => {
    const context = await contextOn(database, '2026-11-25T08:00:00Z');
    await database.query('delete from appointment');
    const id = await givenAppointment(context, { arrivalTime: '09:00' });
    await expect(changeAppointment(context, id, { status: 'ready' }, 1)).rejects.toMatchObject({
      code: 'not-next',
    });
    await expect(changeAppointment(context, id, { status: 'no_show' }, 1)).rejects.toMatchObject({
      field: 'status',
    });
    context.clock.set('2026-11-25T09:05:00Z');
    await changeAppointment(context, id, { status: 'arrived' }, 1);
    await changeAppointment(context, id, { status: 'booked' }, 2);
    expect(await readAppointment(context, id)).toMatchObject({ status: 'booked', arrivedAt: null });
    for (const [step, status] of (['arrived', 'in_work', 'ready', 'collected'] as const).entries()) {
      context.clock.advance({ minutes: 30 });
      await changeAppointment(context, id, { status }, 3 + step);
    }
    const { arrivedAt, workStartedAt, readyAt, collectedAt } = await readAppointment(context, id);
    expect(
      [arrivedAt, workStartedAt, readyAt, collectedAt].map((at) => new Date(at ?? 0).toISOString()),
    ).toEqual([
      '2026-11-25T09:35:00.000Z',
      '2026-11-25T10:05:00.000Z',
      '2026-11-25T10:35:00.000Z',
      '2026-11-25T11:05:00.000Z',
    ]);
  });

  it('a car that is here is not moved, and two who change at once lose nothing', async () => {
    const context = await contextOn(database, '2026-11-25T08:00:00Z');
    const id = await givenAppointment(context, { arrivalTime: '10:00' });
    await changeAppointment(context, id, { arrivalTime: '11:00', notes: 'Key in the safe' }, 1);
    await expect(changeAppointment(context, id, { notes: 'Lost' }, 1)).rejects.toMatchObject({
      code: 'version-changed',
    });
    await changeAppointment(context, id, { status: 'arrived' }, 2);
    await expect(changeAppointment(context, id, { arrivesOn: '2026-11-26' }, 3)).rejects.toMatchObject({
      code: 'already-here',
    });
    expect(await readAppointment(context, id)).toMatchObject({
      arrivalTime: '11:00',
      notes: 'Key in the safe',
    });
  });
});

describe('whoever reminds customers', () => {
  it('hears what was booked and what was given up again, in order, and can ask what is open now', async () => {
    const context = await workshopWith({ service: 900, mot: 300 });
    await database.query('delete from booked_work');
    const keeper = await givenKeeper(context);
    const id = await givenAppointment(context, {
      ...keeper,
      jobs: [{ jobType: 'service' }, { jobType: 'mot' }],
    });
    await changeAppointment(context, id, { jobs: [{ jobType: 'mot' }, { jobType: 'repair' }] }, 1);
    const open = await openWorkOf(context, [keeper.vehicleId]);
    expect(open.get(keeper.vehicleId)).toMatchObject([
      { jobType: 'mot', arrivesOn: wednesday },
      { jobType: 'repair', arrivesOn: wednesday },
    ]);
    await changeAppointment(context, id, { status: 'cancelled' }, 2);
    const heard = await bookedWorkAfter(context, 0, 10);
    expect(heard.map(({ kind, jobTypes }) => [kind, jobTypes])).toEqual([
      ['booked', ['service', 'mot']],
      ['booked', ['repair']],
      ['released', ['service']],
      ['released', ['mot', 'repair']],
    ]);
    expect(heard.every((work) => work.vehicleId === keeper.vehicleId && work.appointmentId === id)).toBe(
      true,
    );
    expect(await bookedWorkAfter(context, heard.at(-1)?.id ?? 0, 10)).toEqual([]);
    expect((await openWorkOf(context, [keeper.vehicleId])).size).toBe(0);
  });

  it('hears nothing of a booking that was refused', async () => {
    const context = await workshopWith({ service: 0, mot: 0 });
    await database.query('delete from booked_work');
    const keeper = await givenKeeper(context);
    const asked = { branch: 'MAIN', ...keeper, arrivesOn: wednesday, arrivalTime: '09:00' };
    await expect(
      bookAppointment(context, { ...asked, jobs: [{ jobType: 'service' }] }, adviser),
    ).rejects.toMatchObject({ code: 'workshop-full' });
    expect(await bookedWorkAfter(context, 0, 10)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { changeAppointment } from '../../../src/features/appointments/changes/service.ts';
import { newHealthCheckSchema } from '../../../src/features/appointments/health-checks/contract.ts';
import {
  changeHealthCheck,
  healthCheckOf,
  recordHealthCheck,
} from '../../../src/features/appointments/health-checks/service.ts';
import { maintenanceFor } from '../../../src/features/appointments/maintenance/service.ts';
import { linkVehicle, readCustomer } from '../../../src/features/customers/service.ts';
import type { Context } from '../../../src/platform/context.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { givenAppointment, givenKeeper } from '../../support/workshop.ts';

const database = useDatabase();

const rearPads = {
  item: 'Rear brake pads',
  severity: 'amber',
  pricePence: 14_200,
  labourMinutes: 75,
  outcome: 'deferred',
  followUpOn: '2026-12-10',
} as const;

async function sentencesFor(context: Context, customerId: string): Promise<string[]> {
  const vehicles = await maintenanceFor(context, customerId, 'MAIN');
  return vehicles.flatMap(({ due }) => due.map(({ sentence, urgency }) => `${urgency}: ${sentence}`));
}

let given = 0;

/** A time of its own for each, since only three cars are taken in at once. */
function nextTime(): string {
  given += 1;
  return `${String(9 + Math.floor(given / 2)).padStart(2, '0')}:${given % 2 === 0 ? '00' : '30'}`;
}

/** A keeper who deferred the rear pads; the check was made on Monday 23 November 2026. */
async function givenDeferred(context: Context, vehicle: Readonly<Record<string, string>> = {}) {
  const keeper = await givenKeeper(context, vehicle);
  const appointmentId = await givenAppointment(context, {
    ...keeper,
    arrivesOn: '2026-11-23',
    arrivalTime: nextTime(),
  });
  const found = newHealthCheckSchema.parse({
    mileage: 48_200,
    findings: [rearPads, { item: 'Tyres', severity: 'green', outcome: 'none' }],
  });
  const checkId = await recordHealthCheck(context, appointmentId, found, adviser);
  const check = await healthCheckOf(context, appointmentId);
  return { ...keeper, appointmentId, checkId, findingId: check?.findings[0]?.id ?? '' };
}

describe('what is due on a vehicle', () => {
  it('is said in words: overdue, due within the lead time, and deferred work with its price', async () => {
    const context = await contextOn(database);
    const { customerId } = await givenDeferred(context, {
      motDueOn: '2026-12-14',
      serviceDueOn: '2026-11-01',
    });
    expect(await sentencesFor(context, customerId)).toEqual([
      'overdue: Service overdue since 1 November 2026',
      'due: Rear brake pads deferred on 23 November 2026 (amber, £142)',
      'due: MOT due 14 December 2026',
    ]);
  });

  it('says when it is booked, and is done when the car is collected', async () => {
    const context = await contextOn(database);
    const { findingId, appointmentId, ...keeper } = await givenDeferred(context);
    const { customerId, vehicleId } = keeper;
    const id = await givenAppointment(context, {
      customerId,
      vehicleId,
      jobs: [{ jobType: 'vhc', findingId }],
    });
    const [vehicle] = await maintenanceFor(context, customerId, 'MAIN');
    expect(vehicle?.due).toMatchObject([{ jobType: 'vhc', bookedOn: '2026-11-25', minutes: 75 }]);
    context.clock.set('2026-11-25T09:00:00Z');
    for (const [step, status] of (['arrived', 'in_work', 'ready', 'collected'] as const).entries()) {
      await changeAppointment(context, id, { status }, 1 + step);
    }
    expect(await sentencesFor(context, customerId)).toEqual([]);
    expect((await healthCheckOf(context, appointmentId))?.findings[0]).toMatchObject({ outcome: 'done' });
  });

  it('a new keeper of a known vehicle starts blank, and the old keeper has it no longer, from that day', async () => {
    const context = await contextOn(database);
    const old = await givenDeferred(context, { registration: 'NK12 OLD', vin: 'WF0AXXWPMA1234567' });
    const id = await givenCustomer(context);
    await linkVehicle(context, id, { vin: 'WF0AXXWPMA1234567', newKeeper: true });
    expect(await sentencesFor(context, id)).toEqual([]);
    const [kept] = (await readCustomer(context, id)).vehicles;
    expect(kept).toMatchObject({
      vehicleId: old.vehicleId,
      registration: 'NK12OLD',
      fromOn: '2026-11-23',
      untilOn: null,
    });
    expect((await readCustomer(context, old.customerId)).vehicles[0]).toMatchObject({
      untilOn: '2026-11-23',
    });
    expect(await sentencesFor(context, old.customerId)).toEqual([]);
    await expect(
      givenAppointment(context, {
        customerId: id,
        vehicleId: old.vehicleId,
        jobs: [{ jobType: 'vhc', findingId: old.findingId }],
      }),
    ).rejects.toMatchObject({ field: 'jobs' });
  });

  it('two who share a car both keep it, and each sees only what was found for them', async () => {
    const context = await contextOn(database);
    const first = await givenDeferred(context, { registration: 'SH12 ARE' });
    const second = await givenCustomer(context, { vehicles: [{ registration: 'SH12 ARE' }] });
    expect((await readCustomer(context, first.customerId)).vehicles[0]).toMatchObject({ untilOn: null });
    expect(await sentencesFor(context, second)).toEqual([]);
    expect(await sentencesFor(context, first.customerId)).toHaveLength(1);
  });
});

describe('a health check', () => {
  it('is made once for an appointment, and of two who change it one is told', async () => {
    const context = await contextOn(database);
    const { appointmentId, checkId, findingId } = await givenDeferred(context);
    const authorised = { ...rearPads, id: findingId, outcome: 'authorised', followUpOn: null };
    const given = newHealthCheckSchema.parse({ mileage: 48_200, findings: [authorised] });
    await expect(recordHealthCheck(context, appointmentId, given, adviser)).rejects.toMatchObject({
      code: 'health-check-there',
    });
    await changeHealthCheck(context, checkId, given, 1);
    await expect(changeHealthCheck(context, checkId, given, 1)).rejects.toMatchObject({
      code: 'version-changed',
    });
    expect((await healthCheckOf(context, appointmentId))?.findings).toMatchObject([
      { id: findingId, outcome: 'authorised', followUpOn: null },
    ]);
  });

  it('keeps a finding for which work is booked', async () => {
    const context = await contextOn(database);
    const { customerId, vehicleId, checkId, findingId } = await givenDeferred(context);
    await givenAppointment(context, { customerId, vehicleId, jobs: [{ jobType: 'vhc', findingId }] });
    const given = newHealthCheckSchema.parse({
      findings: [{ item: 'Tyres', severity: 'green', outcome: 'none' }],
    });
    await expect(changeHealthCheck(context, checkId, given, 1)).rejects.toMatchObject({
      code: 'finding-booked',
    });
  });

  it.each([
    ['deferred work without a day to come back to it', { ...rearPads, followUpOn: null }],
    ['a day on work that is not deferred', { ...rearPads, outcome: 'declined' }],
    ['green that needs a decision', { item: 'Tyres', severity: 'green', outcome: 'advised' }],
  ])('refuses %s', (_, finding) => {
    expect(newHealthCheckSchema.safeParse({ findings: [finding] }).success).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import { forecastFor } from '../../../src/features/programmes/forecast/service.ts';
import { changeProgramme } from '../../../src/features/programmes/service.ts';
import type { Context } from '../../../src/platform/context.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, answers } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { givenAppointment, givenKeeper } from '../../support/workshop.ts';

const database = useDatabase();

/** What is foretold, one line each: the day, what about, and by which way. */
async function foretold(context: Context, customerId: string): Promise<string[]> {
  const { contacts } = await forecastFor(context, customerId);
  return contacts.map(({ on, occasion: { parts }, method }) =>
    [on, parts.map(({ kind }) => kind).join(' and '), method ?? 'nobody may'].join(': '),
  );
}

describe('the forecast of a customer', () => {
  it('takes the ways that they agreed to, and says where none is permitted', async () => {
    const context = await contextOn(database);
    const { customerId } = await givenKeeper(context, { motDueOn: '2027-01-14' });
    expect(await foretold(context, customerId)).toContain('2026-12-15: mot_due: nobody may');
    const agreed = answers('service_follow_up', [{ channel: 'sms' }, { channel: 'letter' }]);
    await recordPermissionEvent(context, customerId, agreed, adviser);
    expect((await foretold(context, customerId)).slice(0, 4)).toEqual([
      '2026-12-15: mot_due: letter',
      '2026-12-31: mot_due: sms',
      '2027-01-07: mot_due: sms',
      '2027-01-09: mot_due: nobody may',
    ]);
  });

  it('foretells one contact for service and MOT together', async () => {
    const context = await contextOn(database);
    const due = { motDueOn: '2027-01-14', serviceDueOn: '2027-01-20' };
    const { customerId } = await givenKeeper(context, due);
    const lines = await foretold(context, customerId);
    expect(lines.filter((line) => line.startsWith('2026-12-15'))).toEqual([
      '2026-12-15: mot_due and service_due: nobody may',
    ]);
  });

  it('foretells no reminder of work that is booked', async () => {
    const context = await contextOn(database);
    const keeper = await givenKeeper(context, { motDueOn: '2026-12-14' });
    await givenAppointment(context, { ...keeper, jobs: [{ jobType: 'mot' }] });
    const lines = await foretold(context, keeper.customerId);
    expect(lines.filter((line) => line < '2026-12-15')).toEqual([]);
  });

  it('foretells nothing of a programme that is off, and the steps as they were changed', async () => {
    const context = await contextOn(database);
    const { customerId } = await givenKeeper(context, { motDueOn: '2027-01-14' });
    const steps = [{ id: 'one', days: -10, methods: ['letter' as const] }];
    const changed = await changeProgramme(
      context,
      'mot_due',
      { steps },
      { expectedVersion: 0, actor: adviser },
    );
    expect((await foretold(context, customerId))[0]).toBe('2027-01-04: mot_due: nobody may');
    const off = { expectedVersion: changed.version, actor: adviser };
    await changeProgramme(context, 'mot_due', { isOn: false }, off);
    expect(await foretold(context, customerId)).toEqual([]);
  });
});

describe('a programme', () => {
  it.each<[string, { days: number; methods: ('letter' | 'sms')[] }[], string]>([
    [
      'before what nobody foresees',
      [{ days: -3, methods: ['sms'] }],
      'lies before a date that nobody can foresee',
    ],
    [
      'twice on one day',
      [
        { days: 3, methods: ['sms'] },
        { days: 3, methods: ['letter'] },
      ],
      'Two steps lie 3 days after the car was collected',
    ],
    ['with a method twice', [{ days: 3, methods: ['sms', 'sms'] }], 'names a method twice'],
  ])('refuses a step %s', async (_, steps, sentence) => {
    const context = await contextOn(database);
    const given = steps.map((step, index) => ({ ...step, id: `step ${index}` }));
    const change = changeProgramme(
      context,
      'after_service',
      { steps: given },
      { expectedVersion: 0, actor: adviser },
    );
    await expect(change).rejects.toThrow(sentence);
  });

  it('that somebody else changed meanwhile is not overwritten', async () => {
    const context = await contextOn(database);
    await changeProgramme(context, 'birthday', { isOn: true }, { expectedVersion: 0, actor: adviser });
    const late = changeProgramme(
      context,
      'birthday',
      { isOn: false },
      { expectedVersion: 0, actor: adviser },
    );
    await expect(late).rejects.toThrow('Somebody else changed this programme');
  });
});

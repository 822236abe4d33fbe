import { beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../../src/features/audit/service.ts';
import type { NewPermissionEvent } from '../../../src/features/permissions/contract.ts';
import { permissionEventSchema } from '../../../src/features/permissions/contract.ts';
import { decideFor, permissionsOf } from '../../../src/features/permissions/questions.ts';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import type { ManualClock } from '../../../src/platform/clock.ts';
import type { Context } from '../../../src/platform/context.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, answers, givenCustomer, wording } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();
let context: Context & { readonly clock: ManualClock };

beforeAll(async () => {
  context = await contextOn(database);
});

const offersBySms = { channel: 'sms', category: 'general_marketing' } as const;

async function mayText(customer: string, at?: string): Promise<string[]> {
  const answer = await decideFor(
    context,
    customer,
    offersBySms,
    at === undefined ? undefined : Date.parse(at),
  );
  return [answer.decision.verdict, ...answer.decision.reasons];
}

describe('preferences of a new customer', () => {
  it('start with every box unset, and nobody may be contacted', async () => {
    const { cells } = await permissionsOf(context, await givenCustomer(context));
    expect(cells).toHaveLength(21);
    expect(cells.map(({ state }) => state)).toEqual(cells.map(() => 'unset'));
    expect(cells.map(({ decision }) => decision.verdict)).toEqual(cells.map(() => 'deny'));
  });

  it('are due for review until somebody has gone through them', async () => {
    const customer = await givenCustomer(context);
    expect((await permissionsOf(context, customer)).review.status).toBe('never');
    await recordPermissionEvent(
      context,
      customer,
      answers('general_marketing', [{ channel: 'sms' }]),
      adviser,
    );
    expect((await permissionsOf(context, customer)).review).toMatchObject({
      status: 'in_date',
      dueOn: '2027-05-23',
    });
  });
});

describe('recording what a customer said', () => {
  it('permits exactly the box that was ticked', async () => {
    const customer = await givenCustomer(context);
    await recordPermissionEvent(
      context,
      customer,
      answers('general_marketing', [{ channel: 'sms' }]),
      adviser,
    );
    const { cells } = await permissionsOf(context, customer);
    const allowed = cells.filter(({ decision }) => decision.verdict === 'allow');
    expect(allowed).toMatchObject([{ ...offersBySms, state: 'granted', basis: 'consent' }]);
  });

  it('refuses a yes that does not say how it was given', async () => {
    const customer = await givenCustomer(context);
    const { method: _, ...unproved } = answers('general_marketing', [{ channel: 'sms' }]);
    await expect(recordPermissionEvent(context, customer, unproved, adviser)).rejects.toMatchObject({
      code: 'evidence-required',
      field: 'method',
    });
    expect((await permissionsOf(context, customer)).sequence).toBe(1);
  });

  it('refuses a yes without the wording that was read out', async () => {
    const customer = await givenCustomer(context);
    const unworded = { ...answers('general_marketing', [{ channel: 'sms' }]), wording: null };
    await expect(recordPermissionEvent(context, customer, unworded, adviser)).rejects.toMatchObject({
      field: 'wording',
    });
  });

  it('takes a no without any evidence', async () => {
    const customer = await givenCustomer(context);
    await recordPermissionEvent(
      context,
      customer,
      {
        kind: 'record',
        cells: [{ ...offersBySms, answer: 'not_given', basis: 'consent' }],
        review: true,
        previousSystem: false,
        givenBy: 'staff',
      },
      adviser,
    );
    expect(await mayText(customer)).toEqual(['deny', 'PERMISSION_REFUSED']);
  });

  it('takes the existing-customer rule as a ground for electronic mail alone', async () => {
    const customer = await givenCustomer(context);
    const restedOnASale = (channel: 'letter' | 'sms') => {
      const base = answers('general_marketing', [{ channel }]);
      const cell = { channel, category: 'general_marketing', answer: 'granted', basis: 'soft_opt_in' };
      return recordPermissionEvent(context, customer, { ...base, cells: [cell] } as typeof base, adviser);
    };
    await expect(restedOnASale('letter')).rejects.toMatchObject({ field: 'cells.0.basis' });
    expect((await restedOnASale('sms')).event.sequence).toBe(2);
  });

  it('refuses an act that lies in the future', async () => {
    const customer = await givenCustomer(context);
    const later = {
      ...answers('general_marketing', [{ channel: 'sms' }]),
      occurredAt: '2026-11-24T09:00:00Z',
    };
    await expect(recordPermissionEvent(context, customer, later, adviser)).rejects.toMatchObject({
      field: 'occurredAt',
    });
  });

  it.each([
    ['in person, when nobody knows when', 'in_person', null],
    ['on paper, without the day on the form', 'paper', undefined],
    ['by letter, without its day', 'letter', undefined],
  ] as const)('refuses a yes %s: it could not be proved', async (_, method, occurredAt) => {
    const customer = await givenCustomer(context);
    const { occurredAt: _known, ...yes } = answers('general_marketing', [{ channel: 'sms' }]);
    const event = { ...yes, method, ...(occurredAt === undefined ? {} : { occurredAt }) } as typeof yes;
    await expect(recordPermissionEvent(context, customer, event, adviser)).rejects.toMatchObject({
      status: 422,
      code: 'evidence-required',
      field: 'occurredAt',
    });
  });

  it('takes a yes that is written down while it is said as of now, with full evidence', async () => {
    const customer = await givenCustomer(context);
    const { occurredAt: _known, ...yes } = answers('general_marketing', [{ channel: 'sms' }]);
    const { event } = await recordPermissionEvent(
      context,
      customer,
      yes as typeof yes & { kind: 'record' },
      adviser,
    );
    expect(event.occurredAt).toBe(context.clock.now().epochMilliseconds);
    expect(await mayText(customer)).toEqual(['allow', 'CONSENT']);
  });

  it('answers no question about the future, which nobody knows yet', async () => {
    const customer = await givenCustomer(context);
    const question = { channel: 'sms', category: 'general_marketing' } as const;
    const future = context.clock.now().epochMilliseconds + 1;
    await expect(decideFor(context, customer, question, future)).rejects.toMatchObject({ field: 'asOf' });
    await expect(permissionsOf(context, customer, { asOf: future })).rejects.toMatchObject({ field: 'asOf' });
    expect((await decideFor(context, customer, question, future - 1)).decision.verdict).toBe('deny');
  });

  it('lets no yes outlive a later no because the clock on which it was given is ahead', async () => {
    const customer = await givenCustomer(context);
    const ahead = context.clock.now().add({ minutes: 4 }).toString();
    const yes = { ...answers('general_marketing', [{ channel: 'sms' }]), occurredAt: ahead };
    await recordPermissionEvent(context, customer, yes, adviser);
    expect(await mayText(customer)).toEqual(['allow', 'CONSENT']);
    await recordPermissionEvent(
      context,
      customer,
      { kind: 'stop_all_marketing', givenBy: 'customer' },
      adviser,
    );
    expect(await mayText(customer)).toEqual(['deny', 'OBJECTION_ALL_MARKETING']);
    context.clock.advance({ minutes: 10 });
    expect(await mayText(customer)).toEqual(['deny', 'OBJECTION_ALL_MARKETING']);
  });

  it('takes no blank for the wording that was read out', async () => {
    const event = answers('general_marketing', [{ channel: 'sms' }]);
    const blank = { ...event, wording: { text: ' '.repeat(20), language: 'en-GB' } };
    expect(permissionEventSchema.safeParse(event).success).toBe(true);
    expect(permissionEventSchema.safeParse(blank).success).toBe(false);
  });

  it('loses no answer about a vehicle to a slip in its id: it has to be one of the customer', async () => {
    const customer = await givenCustomer(context);
    const vehicleId = '01900000-0000-7000-8000-000000000000';
    const cell = { channel: 'sms', category: 'service_follow_up', answer: 'withdrawn', vehicleId } as const;
    const no = {
      ...answers('service_follow_up', []),
      cells: [{ ...cell, basis: 'consent' }],
    } as NewPermissionEvent;
    await expect(recordPermissionEvent(context, customer, no, adviser)).rejects.toMatchObject({
      field: 'cells.0.vehicleId',
    });
  });

  it('knows of no sale of the future behind the existing-customer rule', async () => {
    const customer = await givenCustomer(context);
    const sale = { kind: 'existing_customer', obtainedIn: 'sale', optOutOffered: true } as const;
    const tomorrow = { ...sale, similarProducts: true, obtainedOn: '2026-11-24', givenBy: 'staff' } as const;
    await expect(recordPermissionEvent(context, customer, tomorrow, adviser)).rejects.toMatchObject({
      field: 'obtainedOn',
    });
  });

  it.each([undefined, 'Selected partners', 'our trusted third parties'])(
    'refuses %s as a company: it is named in full',
    async (thirdPartyName) => {
      const customer = await givenCustomer(context);
      const cell = { channel: 'email', category: 'third_party_marketing', answer: 'granted' } as const;
      const cells = [{ ...cell, ...(thirdPartyName && { thirdPartyName }), basis: 'consent' }];
      const event = { ...answers('general_marketing', []), cells } as NewPermissionEvent;
      await expect(recordPermissionEvent(context, customer, event, adviser)).rejects.toThrow(
        'Name the company',
      );
    },
  );

  it('tells the second of two people who save at once that somebody was first', async () => {
    const customer = await givenCustomer(context);
    const seen = { ...answers('general_marketing', [{ channel: 'sms' }]), expectedSequence: 1 };
    await recordPermissionEvent(context, customer, seen, adviser);
    await expect(recordPermissionEvent(context, customer, seen, adviser)).rejects.toMatchObject({
      status: 409,
      code: 'preferences-changed',
    });
  });

  it('keeps the chain whole when many save at once', async () => {
    const customer = await givenCustomer(context);
    const many = Array.from({ length: 12 }, () =>
      recordPermissionEvent(context, customer, answers('service_follow_up', [{ channel: 'email' }]), adviser),
    );
    await Promise.all(many);
    expect((await permissionsOf(context, customer)).sequence).toBe(13);
    expect((await verifyLedger(context)).faults).toEqual([]);
  });

  it('puts no personal data into the ledger', async () => {
    const customer = await givenCustomer(context, { surname: 'Featherstonehaugh' });
    await recordPermissionEvent(
      context,
      customer,
      {
        ...answers('general_marketing', [{ channel: 'sms' }]),
        note: 'Mrs Featherstonehaugh rang from 07700 900123',
      },
      adviser,
    );
    const rows = await database.query('select * from ledger_event where customer_id = $1', [customer]);
    const text = JSON.stringify(rows);
    expect(rows).toHaveLength(2);
    expect(rows[1]).toHaveProperty('evidence_commitment', expect.any(Buffer));
    for (const personal of ['Featherstonehaugh', '07700', 'example.com', 'Mill Lane', wording.text]) {
      expect(text).not.toContain(personal);
    }
  });
});

describe('changing one’s mind', () => {
  it('stops all marketing at once, and needs no evidence', async () => {
    const customer = await givenCustomer(context);
    await recordPermissionEvent(
      context,
      customer,
      answers('general_marketing', [{ channel: 'sms' }]),
      adviser,
    );
    expect(await mayText(customer)).toEqual(['allow', 'CONSENT']);
    context.clock.advance({ seconds: 1 });
    await recordPermissionEvent(
      context,
      customer,
      { kind: 'stop_all_marketing', givenBy: 'customer' },
      adviser,
    );
    expect(await mayText(customer)).toEqual(['deny', 'OBJECTION_ALL_MARKETING']);
  });

  it('is not undone by a tick that cannot be proved', async () => {
    const customer = await givenCustomer(context);
    const withdrawn = answers('general_marketing', [{ channel: 'sms', answer: 'withdrawn' }]);
    await recordPermissionEvent(context, customer, withdrawn, adviser);
    context.clock.advance({ minutes: 30 });
    await recordPermissionEvent(
      context,
      customer,
      {
        kind: 'record',
        cells: [{ ...offersBySms, answer: 'granted', basis: 'consent' }],
        review: false,
        previousSystem: true,
        givenBy: 'staff',
      },
      adviser,
    );
    expect(await mayText(customer)).toEqual(['deny', 'PERMISSION_WITHDRAWN']);
  });

  it('is answered for the past as the past was: could we have texted her on 3 March?', async () => {
    const march = await contextOn(database, '2026-03-02T09:00:00Z');
    const customer = await givenCustomer(march);
    await recordPermissionEvent(
      march,
      customer,
      { ...answers('general_marketing', [{ channel: 'sms' }]), occurredAt: '2026-03-02T08:50:00Z' },
      adviser,
    );
    march.clock.set('2026-03-10T09:00:00Z');
    await recordPermissionEvent(
      march,
      customer,
      { kind: 'stop_all_marketing', givenBy: 'customer' },
      adviser,
    );
    expect(await mayText(customer, '2026-03-03T12:00:00Z')).toEqual(['allow', 'CONSENT']);
    expect(await mayText(customer, '2026-03-11T12:00:00Z')).toEqual(['deny', 'OBJECTION_ALL_MARKETING']);
  });
});

describe('a review', () => {
  it('falls due six calendar months later, and is overdue from the day after', async () => {
    const summer = await contextOn(database, '2026-08-31T10:00:00Z');
    const customer = await givenCustomer(summer);
    await recordPermissionEvent(summer, customer, { kind: 'confirm_review', givenBy: 'customer' }, adviser);
    const statusAt = async (at: string): Promise<string> => {
      summer.clock.set(at);
      return (await permissionsOf(summer, customer)).review.status;
    };
    expect(await statusAt('2027-02-27T12:00:00Z')).toBe('in_date');
    expect(await statusAt('2027-02-28T12:00:00Z')).toBe('due');
    expect(await statusAt('2027-03-01T00:00:00Z')).toBe('overdue');
  });

  it('is not done by trying: who did not ask still has to', async () => {
    const customer = await givenCustomer(context);
    await recordPermissionEvent(
      context,
      customer,
      { kind: 'review_not_done', outcome: 'did_not_ask', reason: 'dropped_keys', givenBy: 'staff' },
      adviser,
    );
    const { review, sequence } = await permissionsOf(context, customer);
    expect({ status: review.status, sequence }).toEqual({ status: 'never', sequence: 2 });
  });
});

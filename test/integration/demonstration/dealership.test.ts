import { beforeAll, describe, expect, it } from 'vitest';
import { fillDemonstration } from '../../../seeds/demonstration.ts';
import { readDiary } from '../../../src/features/appointments/diary/service.ts';
import { maintenanceFor } from '../../../src/features/appointments/maintenance/service.ts';
import { verifyLedger } from '../../../src/features/audit/service.ts';
import { listBranches } from '../../../src/features/branches/service.ts';
import { readCustomer } from '../../../src/features/customers/service.ts';
import { listWebWordings } from '../../../src/features/enquiries/leads/service.ts';
import { boardOf, listEnquiries } from '../../../src/features/enquiries/listing/service.ts';
import { selectionSchema } from '../../../src/features/mailshots/contract.ts';
import { listSavedSelections } from '../../../src/features/mailshots/saved/service.ts';
import { countSelection } from '../../../src/features/mailshots/service.ts';
import { permissionsOf } from '../../../src/features/permissions/questions.ts';
import { listReviews } from '../../../src/features/reviews/service.ts';
import { rebuildStanding } from '../../../src/features/standing/service.ts';
import { contextOn } from '../../support/context.ts';
import { useDatabase } from '../../support/database.ts';
import { idOf } from '../../support/imports.ts';

const database = useDatabase();
let context: Awaited<ReturnType<typeof contextOn>>;
const progress: number[] = [];

beforeAll(async () => {
  context = await contextOn(database);
  await fillDemonstration(context, {
    customers: 120,
    onProgress: (done, total) => progress.push(done / total),
  });
}, 60_000);

async function boxesOf(customerNumber: string): Promise<Record<string, string>> {
  const { cells } = await permissionsOf(context, await idOf(context, customerNumber));
  return Object.fromEntries(
    cells.map(({ channel, category, decision }) => [
      `${channel} ${category}`,
      `${decision.verdict} ${decision.reasons.join(', ')}`,
    ]),
  );
}

describe('the demonstration dealership', () => {
  it('says how far it is while it is being filled', () => {
    expect(progress.length).toBeGreaterThan(1);
    expect(progress.at(-1)).toBe(1);
  });

  it('has cars in the diary of this week, and what Mrs Holroyd put off in the summer', async () => {
    const { days } = await readDiary(context, { branch: 'SHEF', fromOn: '2026-11-23', days: 6 });
    expect(days.filter(({ appointments }) => appointments.length > 0).length).toBeGreaterThan(3);
    const [car] = await maintenanceFor(context, await idOf(context, '20418'), 'SHEF');
    expect(car?.due.map(({ sentence }) => sentence)).toEqual([
      'Rear brake pads deferred on 23 June 2026 (amber, £142)',
      'MOT due 14 December 2026',
      'Service due 23 March 2027',
    ]);
  });

  it('has three branches of Hallam Motors', async () => {
    const branches = await listBranches(context);
    expect(branches.map(({ name }) => name)).toEqual(['Sheffield', 'Rotherham', 'Barnsley']);
    expect(new Set(branches.map(({ legalEntityId }) => legalEntityId)).size).toBe(1);
  });

  it('knows Mrs Jane Holroyd as the pictures show her, with her review due today', async () => {
    const jane = await readCustomer(context, await idOf(context, '20418'));
    expect(jane).toMatchObject({
      title: 'Mrs',
      surname: 'Holroyd',
      branch: 'SHEF',
      createdOn: '2019-03-12',
      vehicles: [
        { registration: 'AB12CDE', make: 'Ford', model: 'Focus', mileage: 48_200, motDueOn: '2026-12-14' },
      ],
    });
    expect(jane.contactPoints.map(({ shared }) => shared)).toEqual([false, false, false]);
    expect(await boxesOf('20418')).toMatchObject({
      'sms service_follow_up': 'allow SOFT_OPT_IN',
      'letter service_follow_up': 'allow LEGITIMATE_INTEREST',
      'letter general_marketing': 'allow LEGITIMATE_INTEREST',
      'live_call service_follow_up': expect.stringContaining('deny'),
      'email service_follow_up': 'allow CONSENT',
      'email general_marketing': 'deny PERMISSION_WITHDRAWN',
    });
    const { reviews } = await listReviews(context, { status: 'due', after: null, limit: 100 });
    expect(reviews.map(({ customerNumber }) => customerNumber)).toContain('20418');
    expect(reviews.length).toBeGreaterThan(5);
  });

  it('shows every ground and every refusal that a screen has a word for', async () => {
    const reasons = new Set<string>();
    for (const channel of ['sms', 'letter', 'live_call', 'email', 'social_dm'] as const) {
      for (const category of ['service_follow_up', 'general_marketing'] as const) {
        const { permitted, leftOut, matching } = await countSelection(
          context,
          selectionSchema.parse({ channel, category }),
        );
        expect(permitted, `${channel} ${category}`).toBeLessThan(matching);
        for (const group of leftOut) for (const reason of group.reasons) reasons.add(reason);
      }
    }
    expect([...reasons]).toEqual(
      expect.arrayContaining([
        'NO_PERMISSION',
        'PERMISSION_REFUSED',
        'PERMISSION_WITHDRAWN',
        'OBJECTION_ALL_MARKETING',
        'LEGACY_NO_MARKETING',
        'LEGACY_NO_FOLLOW_UP',
        'PECR_CONSENT_REQUIRED',
        'TPS_REGISTERED',
        'CONTACT_POINT_MISSING',
        'PERSON_DECEASED',
      ]),
    );
  });

  it('is what the product made of it: chains hold, and every stored answer is the one of the engine', async () => {
    expect((await verifyLedger(context)).faults).toEqual([]);
    expect((await rebuildStanding(context)).differed).toBe(0);
  });

  it('comes with selections to begin with, and none of its acts lies in the future', async () => {
    const saved = await listSavedSelections(context, { after: null, limit: 10 });
    expect(saved.map(({ name }) => name)).toEqual([
      'MOT due in the next 30 days',
      'Not here for a year',
      'Winter health check',
    ]);
    const [latest] = await database.query(
      "select max(recorded_at) <= '2026-11-23T11:00:00Z' as past from ledger_event",
    );
    expect(latest).toEqual({ past: true });
  });

  it('has enquiries at every stage, some of them overdue, and what came from the website', async () => {
    const { columns } = await boardOf(context, {});
    expect(columns.filter(({ count }) => count === 0)).toEqual([]);
    const { counts } = await listEnquiries(context, { status: 'open', after: null, limit: 1 });
    expect(counts?.overdue).toBeGreaterThan(2);
    const tom = await idOf(context, '20419');
    const { enquiries } = await listEnquiries(context, { status: 'open', after: null, limit: 200 });
    const his = enquiries.find(({ customerId }) => customerId === tom);
    expect(his).toMatchObject({ source: 'web_form', stage: 'new' });
    const wordings = await listWebWordings(context);
    expect(wordings.map(({ state }) => state)).toEqual(['unknown', 'accepted']);
  });

  it('is never mixed with records that are there already', async () => {
    expect(await fillDemonstration(context)).toBeNull();
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../../src/features/audit/service.ts';
import { addLegalEntity, branchFor } from '../../../src/features/branches/service.ts';
import { readCustomer } from '../../../src/features/customers/service.ts';
import { planImport } from '../../../src/features/imports/plan/service.ts';
import { readImport, rejectsCsv, runImport } from '../../../src/features/imports/service.ts';
import { decideFor, permissionsOf } from '../../../src/features/permissions/questions.ts';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import { suppressContact } from '../../../src/features/privacy/service.ts';
import type { ManualClock } from '../../../src/platform/clock.ts';
import type { Context } from '../../../src/platform/context.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, answers } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import type { CustomerText, VehicleText } from '../../support/imports.ts';
import {
  choosePolicy,
  customersCsv,
  idOf,
  rowCounts,
  useImportFolder,
  vehiclesCsv,
} from '../../support/imports.ts';

const database = useDatabase();
const folder = useImportFolder();
let context: Context & { readonly clock: ManualClock };

beforeAll(async () => {
  context = await contextOn(database);
});

async function files(customers: readonly CustomerText[], vehicles?: readonly VehicleText[]) {
  return {
    customersFile: await folder.write(customersCsv(customers)),
    ...(vehicles === undefined ? {} : { vehiclesFile: await folder.write(vehiclesCsv(vehicles)) }),
  };
}

async function importOf(customers: readonly CustomerText[], vehicles?: readonly VehicleText[]) {
  return runImport(context, await files(customers, vehicles), { startedBy: 'test' });
}

async function stateOf(customerNumber: string) {
  const { sequence, history, cells } = await permissionsOf(context, await idOf(context, customerNumber));
  return { sequence, acts: history.map(({ act }) => act), cells };
}

describe('before a policy was chosen', () => {
  it('a file with old flags is not committed, and the refusal says how to choose', async () => {
    const before = await rowCounts(database);
    const refused = importOf([{ customer_no: 'P1', surname: 'Holroyd', no_marketing: 'Y' }]);
    await expect(refused).rejects.toMatchObject({
      code: 'policy-not-chosen',
      message: expect.stringMatching(/policy set pecr_strict.*policy set assume_legitimate_interest/),
    });
    expect(await rowCounts(database)).toEqual(before);
  });

  it.each([
    ['no_follow_up', 'no_marketing'],
    ['no_marketing', 'no_follow_up'],
  ] as const)(
    'a file that says %s and not %s is refused, since an old no could be missing',
    async (there, missing) => {
      const before = await rowCounts(database);
      const text = customersCsv(
        [{ customer_no: 'P1', surname: 'Holroyd', mobile: '07700 900001', [there]: 'N' }],
        ['customer_no', 'surname', 'mobile', there],
      );
      const request = { customersFile: await folder.write(text) };
      const refusal = { code: 'flag-column-missing', message: expect.stringContaining(missing) };
      await expect(planImport(context, request)).rejects.toMatchObject(refusal);
      await expect(runImport(context, request, { startedBy: 'test' })).rejects.toMatchObject(refusal);
      expect(await rowCounts(database)).toEqual(before);
    },
  );

  it('a dry run of it shows side by side what each policy would permit', async () => {
    const before = await rowCounts(database);
    const plan = await planImport(
      context,
      await files(
        [
          {
            customer_no: 'P1',
            surname: 'A',
            address1: '1 Mill Lane',
            postcode: 'S1 2HE',
            mobile: '07700 900001',
          },
          { customer_no: 'P2', surname: 'B', mobile: '07700 900002', no_marketing: 'Y' },
          { customer_no: 'P3', surname: 'C', mobile: '07700 900003', no_follow_up: 'Y' },
        ],
        [
          { customer_no: 'P1', registration: 'AB12 CDE' },
          { customer_no: 'P2', registration: 'AB12 CDF' },
          { customer_no: 'P3', registration: 'AB12 CDG', sold_on: '2020-01-01' },
        ],
      ),
    );
    expect(plan).toMatchObject({ carriesOldFlags: true, policyChosen: false, alreadyImported: false });
    expect(plan.totals.byFlag).toMatchObject({ none: 1, no_marketing: 1, no_follow_up: 1, both: 0 });
    expect(plan.permitted).toMatchObject({ customers: 3, withVehicle: 2 });
    const { pecr_strict: strict, assume_legitimate_interest: assume } = plan.permitted;
    expect(strict.sms).toEqual({ service_follow_up: 0, general_marketing: 0, third_party_marketing: 0 });
    expect(assume.sms).toEqual({ service_follow_up: 1, general_marketing: 2, third_party_marketing: 0 });
    expect(assume.letter).toEqual({ service_follow_up: 1, general_marketing: 1, third_party_marketing: 0 });
    expect(assume.email).toEqual({ service_follow_up: 0, general_marketing: 0, third_party_marketing: 0 });
    expect(await rowCounts(database)).toEqual(before);
  });

  it('a file without flag columns is imported, and nothing is assumed from it', async () => {
    const customersFile = await folder.write(
      customersCsv([{ customer_no: 'P9', surname: 'Holroyd' }], ['customer_no', 'surname']),
    );
    await runImport(context, { customersFile }, { startedBy: 'test' });
    expect((await stateOf('P9')).acts).toEqual([{ kind: 'opened' }]);
  });
});

describe('once a policy was chosen', () => {
  beforeAll(() => choosePolicy(context, 'assume_legitimate_interest'));

  it('every customer has one ledger entry and one standing row, and the whole ledger verifies', async () => {
    const { batch, outcome } = await importOf(
      [
        {
          customer_no: 'A1',
          kind: 'individual',
          title: 'Ms',
          forename: 'Zoë',
          surname: "O'Brien\\N",
          mobile: '07700 900010',
        },
        { customer_no: 'A2', surname: 'Two\nlines', company: 'Semi;colon "Garage" Ltd', no_marketing: 'y' },
      ],
      [{ customer_no: 'A1', registration: 'aa 51 aaa', make: 'Škoda', mot_due_on: '01/02/2027' }],
    );
    expect(outcome).toBe('imported');
    expect(batch).toMatchObject({ status: 'finished', carriesOldFlags: true });
    const { acts } = await stateOf('A1');
    expect(acts).toEqual([{ kind: 'imported', legacy: 'none', assumed: true }]);
    const customer = await readCustomer(context, await idOf(context, 'A1'));
    expect(customer).toMatchObject({ forename: 'Zoë', surname: "O'Brien\\N", title: 'Ms' });
    expect(customer.vehicles).toMatchObject([
      { registration: 'AA51AAA', make: 'Škoda', motDueOn: '2027-02-01' },
    ]);
    expect((await readCustomer(context, await idOf(context, 'a2'))).companyName).toBe(
      'Semi;colon "Garage" Ltd',
    );
    const report = await verifyLedger(context);
    expect(report.faults).toEqual([]);
    const [row] = await database.query(
      `select count(*)::int4 as customers, count(standing.customer_id)::int4 as judged
       from customer left join permission_standing standing on standing.customer_id = customer.id`,
    );
    expect(row?.['judged']).toBe(row?.['customers']);
  });

  it('the same file again changes nothing and adds no event', async () => {
    const request = await files(
      [{ customer_no: 'B1', surname: 'Holroyd', no_marketing: 'Y' }],
      [{ customer_no: 'B1', registration: 'BB51 BBB' }],
    );
    const first = await runImport(context, request, { startedBy: 'test' });
    const before = await rowCounts(database);
    const again = await runImport(context, request, { startedBy: 'test' });
    expect(again).toMatchObject({ outcome: 'already_imported', batch: { id: first.batch.id } });
    expect(await rowCounts(database)).toEqual(before);
    expect((await planImport(context, request)).alreadyImported).toBe(true);
  });

  it('the same records in another order add no event either', async () => {
    const [one, two] = [
      { customer_no: 'B2', surname: 'Holroyd', no_follow_up: 'Y' },
      { customer_no: 'B3', surname: 'Holroyd', no_follow_up: 'N' },
    ];
    await importOf([one, two], [{ customer_no: 'B2', vin: 'WVWZZZ1JZXW000001' }]);
    const before = await rowCounts(database);
    const { batch } = await importOf(
      [two, one],
      [{ customer_no: 'B2', vin: 'WVWZZZ1JZXW000001', registration: '' }],
    );
    expect(batch.totals).toMatchObject({
      customers: { created: 0, alreadyHere: 2, flagsAdded: 0 },
      vehicles: { created: 0, linked: 0, alreadyLinked: 1 },
    });
    expect(await rowCounts(database)).toEqual({ ...before, import_batch: (before['import_batch'] ?? 0) + 1 });
  });

  it('customers on file keep their details, gain a no, and are never assumed', async () => {
    const customersFile = await folder.write(
      customersCsv(
        [
          { customer_no: 'C1', surname: 'Newer', mobile: '07700 900020' },
          { customer_no: 'C2', surname: 'Newer' },
        ],
        ['customer_no', 'surname', 'mobile'],
      ),
    );
    await runImport(context, { customersFile }, { startedBy: 'test' });
    const { batch } = await importOf(
      [
        { customer_no: 'c1', surname: 'Older', mobile: '07700 900021', no_marketing: 'Y' },
        { customer_no: 'C2', surname: 'Older', no_marketing: 'N', no_follow_up: 'N' },
      ],
      [{ customer_no: 'C1', registration: 'CC51 CCC' }],
    );
    expect(batch.totals.customers).toMatchObject({ created: 0, alreadyHere: 2, flagsAdded: 1 });
    const customer = await readCustomer(context, await idOf(context, 'C1'));
    expect(customer).toMatchObject({ surname: 'Newer', vehicles: [{ registration: 'CC51CCC' }] });
    expect(customer.contactPoints).toMatchObject([{ value: '07700 900020' }]);
    expect((await stateOf('C1')).acts).toEqual([
      { kind: 'opened' },
      { kind: 'imported', legacy: 'no_marketing', assumed: false },
    ]);
    expect((await stateOf('C2')).acts).toEqual([{ kind: 'opened' }]);
    expect((await verifyLedger(context)).faults).toEqual([]);
  });

  it('a no on file outlives a later file that does not have it', async () => {
    await importOf([{ customer_no: 'D1', surname: 'Holroyd', no_marketing: 'Y' }]);
    const { batch } = await importOf([{ customer_no: 'D1', surname: 'Holroyd', no_marketing: 'N' }]);
    expect((await stateOf('D1')).acts).toHaveLength(1);
    expect(batch.totals.firstAmbiguous).toMatchObject([{ customerNumber: 'D1', reason: 'stricter_on_file' }]);
  });

  it('fresh consent recorded since outlives a file, and so does an objection', async () => {
    await importOf([
      { customer_no: 'D2', surname: 'Holroyd', mobile: '07700 900030' },
      { customer_no: 'D3', surname: 'Holroyd', mobile: '07700 900031' },
    ]);
    await recordPermissionEvent(
      context,
      await idOf(context, 'D2'),
      answers('general_marketing', [{ channel: 'sms' }]),
      adviser,
    );
    await recordPermissionEvent(
      context,
      await idOf(context, 'D3'),
      { kind: 'stop_all_marketing', givenBy: 'customer' },
      adviser,
    );
    await importOf([
      { customer_no: 'D2', surname: 'Holroyd', mobile: '07700 900030', no_follow_up: 'Y' },
      { customer_no: 'D3', surname: 'Holroyd', mobile: '07700 900031' },
    ]);
    const sms = async (customerNumber: string) =>
      (await stateOf(customerNumber)).cells.find(
        ({ channel, category }) => channel === 'sms' && category === 'general_marketing',
      )?.decision.verdict;
    expect(await sms('D2')).toBe('allow');
    expect(await sms('D3')).toBe('deny');
  });

  it('one number with different flags takes every no, and is listed', async () => {
    const { batch } = await importOf([
      { customer_no: 'E1', surname: 'Holroyd', no_follow_up: 'Y' },
      { customer_no: 'e1', surname: 'Other', no_marketing: 'Y' },
    ]);
    expect((await stateOf('E1')).acts).toEqual([{ kind: 'imported', legacy: 'both', assumed: true }]);
    expect(batch.totals.customers).toMatchObject({ rows: 2, created: 1, repeated: 1 });
    expect(batch.totals.ambiguous).toEqual({ no_follow_up_only: 1, repeated_number: 1, different_flags: 1 });
    expect((await readCustomer(context, await idOf(context, 'E1'))).surname).toBe('Holroyd');
  });

  it('a name that says no where no flag does is listed', async () => {
    const { batch } = await importOf([{ customer_no: 'E2', surname: 'Holroyd (DECEASED)' }]);
    expect(batch.totals.firstAmbiguous).toMatchObject([{ reason: 'text_says_no', line: 2 }]);
  });

  it('numbers and addresses that several customers have are flagged shared, all others are not', async () => {
    const home = { address1: '12 Mill Lane', postcode: 'S1 2HE', home_phone: '0114 496 0001' };
    await importOf([
      { customer_no: 'F1', surname: 'Holroyd', ...home, email: 'one@example.com' },
      { customer_no: 'F2', surname: 'Holroyd', ...home, email: 'two@example.com' },
    ]);
    const points = async () =>
      (await readCustomer(context, await idOf(context, 'F1'))).contactPoints.map(({ kind, shared }) => [
        kind,
        shared,
      ]);
    expect(await points()).toEqual([
      ['email', false],
      ['landline', true],
      ['postal', true],
    ]);
    const { batch } = await importOf([{ customer_no: 'F3', surname: 'Holroyd', email: 'ONE@example.com' }]);
    expect(await points()).toEqual([
      ['email', true],
      ['landline', true],
      ['postal', true],
    ]);
    expect(batch.totals.sharedContactPoints).toBe(6);
  });

  it('what does not parse is kept as given, unusable, with a warning', async () => {
    const { batch } = await importOf([
      { customer_no: 'F4', surname: 'Holroyd', mobile: '07700', postcode: 'nowhere' },
    ]);
    const { contactPoints } = await readCustomer(context, await idOf(context, 'F4'));
    expect(contactPoints).toMatchObject([
      { kind: 'mobile', value: '07700', normalised: null },
      { kind: 'postal', value: 'nowhere', normalised: null },
    ]);
    expect(batch.totals.firstWarnings).toMatchObject([{ column: 'postcode' }, { column: 'mobile' }]);
  });

  it('a number on the do-not-contact list stays blocked when somebody new comes with it', async () => {
    await suppressContact(context, { kind: 'mobile', normalised: '+447700900040', reason: 'objection' });
    await importOf([{ customer_no: 'F5', surname: 'Holroyd', mobile: '07700 900040' }]);
    const { cells } = await stateOf('F5');
    const sms = cells.find(({ channel, category }) => channel === 'sms' && category === 'general_marketing');
    expect(sms?.decision).toMatchObject({ verdict: 'deny', reasons: ['SUPPRESSION_LIST_MATCH'] });
    expect((await verifyLedger(context)).faults).toEqual([]);
  });
});

describe('somebody who said no, and comes once more under another customer number', () => {
  beforeAll(() => choosePolicy(context, 'assume_legitimate_interest'));

  it('is assumed to want nothing, and their spouse at the same address is somebody else', async () => {
    const person = { surname: 'Quarrie', address1: '9 Refuser Row', town: 'Leeds', postcode: 'LS1 1AA' };
    const known = await folder.write(customersCsv([{ ...person, customer_no: 'RF1', forename: 'Olive' }]));
    await runImport(context, { customersFile: known }, { startedBy: 'test' });
    const stop = { kind: 'stop_all_marketing', givenBy: 'customer' } as const;
    await recordPermissionEvent(context, await idOf(context, 'RF1'), stop, adviser);
    const customersFile = await folder.write(
      customersCsv([
        { ...person, customer_no: 'RF2', forename: 'OLIVE', no_marketing: 'N', no_follow_up: 'N' },
        { ...person, customer_no: 'RF3', forename: 'Peter', no_marketing: 'N', no_follow_up: 'N' },
      ]),
    );
    const plan = await planImport(context, { customersFile });
    expect(plan.permitted.assume_legitimate_interest.letter.general_marketing).toBe(1);
    const { batch } = await runImport(context, { customersFile }, { startedBy: 'test' });
    const ambiguous = [{ customerNumber: 'RF2', reason: 'said_no_under_another_number' }];
    expect(batch.totals.firstAmbiguous).toMatchObject(ambiguous);
    expect(plan.totals.firstAmbiguous).toMatchObject(ambiguous);
    const ask = async (number: string) =>
      (
        await decideFor(context, await idOf(context, number), {
          channel: 'letter',
          category: 'general_marketing',
        })
      ).decision.reasons;
    expect(await ask('RF2')).toEqual(['NO_PERMISSION']);
    expect(await ask('RF3')).toEqual(['MIGRATED_LI_ASSUMED']);
  });
});

describe('branches', () => {
  beforeAll(() => choosePolicy(context));

  it('are found by code or name in any case, or added under the first legal entity', async () => {
    await addLegalEntity(context, 'Holroyd Vans Ltd');
    const known = await branchFor(context, 'Leeds North');
    const { batch } = await importOf([
      { customer_no: 'G1', surname: 'Holroyd', branch: 'LEEDS  north' },
      { customer_no: 'G2', surname: 'Holroyd', branch: 'York' },
      { customer_no: 'G3', surname: 'Holroyd' },
    ]);
    const branchOf = async (number: string) =>
      (await readCustomer(context, await idOf(context, number))).branch;
    expect([await branchOf('G1'), await branchOf('G2'), await branchOf('G3')]).toEqual([
      known.code,
      'York',
      'MAIN',
    ]);
    expect(batch.totals.branchesCreated).toEqual(['York']);
    const added = await branchFor(context, 'York');
    expect(added.legalEntityId).toBe(1);
  });
});

describe('vehicles', () => {
  it('are recognised by VIN or registration, and a mark that moved is another vehicle', async () => {
    await importOf(
      [
        { customer_no: 'H1', surname: 'Holroyd' },
        { customer_no: 'H2', surname: 'Marsh' },
      ],
      [
        { customer_no: 'H1', registration: 'HH51 HHH', vin: 'WVWZZZ1JZXW000011', sold_on: '2025-03-04' },
        { customer_no: 'H2', registration: 'HH51 HHI', vin: 'WVWZZZ1JZXW000011' },
        { customer_no: 'H1', registration: 'HH51 HHH', vin: 'WVWZZZ1JZXW000012' },
        { customer_no: 'H2', registration: 'hh51hhh' },
      ],
    );
    const of = async (number: string) => (await readCustomer(context, await idOf(context, number))).vehicles;
    const [mine, theirs] = [await of('H1'), await of('H2')];
    expect(mine).toMatchObject([
      { vin: 'WVWZZZ1JZXW000012', untilOn: null },
      { vin: 'WVWZZZ1JZXW000011', untilOn: '2025-03-04' },
    ]);
    expect(theirs.map(({ vin }) => vin).sort()).toEqual(['WVWZZZ1JZXW000011', 'WVWZZZ1JZXW000012']);
    expect((await verifyLedger(context)).faults).toEqual([]);
  });

  it('come for the same customer as sold and as kept: sold counts, and it is listed', async () => {
    const { batch } = await importOf(
      [{ customer_no: 'H3', surname: 'Holroyd' }],
      [
        { customer_no: 'H3', registration: 'HH51 HHJ' },
        { customer_no: 'H3', registration: 'HH51 HHJ', sold_on: '04/03/2025' },
      ],
    );
    expect((await readCustomer(context, await idOf(context, 'H3'))).vehicles).toMatchObject([
      { untilOn: '2025-03-04' },
    ]);
    expect(batch.totals.ambiguous).toMatchObject({ sold_and_kept: 1 });
  });

  it('of nobody are rejected', async () => {
    const { batch } = await importOf(
      [{ customer_no: 'H4', surname: 'Holroyd' }],
      [{ customer_no: 'nobody', registration: 'HH51 HHK' }],
    );
    expect(batch.totals.vehicles).toMatchObject({ rows: 1, rejected: 1, created: 0 });
  });
});

describe('rejected rows, and values left out', () => {
  it('go to a CSV with line number, column, reason and the original text', async () => {
    const { batch } = await importOf(
      [
        { customer_no: '', surname: 'Holroyd' },
        { customer_no: 'J1', surname: 'Holroyd', no_marketing: '=maybe' },
        { customer_no: 'J2', surname: 'Hol,royd', created_on: '31/02/2020' },
      ],
      [{ customer_no: 'J3', registration: 'none' }],
    );
    expect(batch.totals.customers).toMatchObject({ rows: 3, rejected: 2, created: 1 });
    let text = '';
    for await (const piece of rejectsCsv(context, batch.id)) text += piece;
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toEqual([
      'file,line,column,reason,original',
      '"customers","2","customer_no","The customer number is blank.",""',
      expect.stringMatching(/^"customers","3","no_marketing","This flag cannot be read.*","'=maybe"$/),
      '"customers","4","created_on","There is no such day in the calendar. It is left out. The rest of the row is imported.","31/02/2020"',
      expect.stringMatching(/^"vehicles","2","registration","The vehicle has neither.*","none"$/),
    ]);
    expect((await readImport(context, batch.id)).totals).toEqual(batch.totals);
  });
});

describe('a file that cannot be imported', () => {
  it.each([
    ['is empty', '', 'The file is empty.'],
    ['is not CSV', '{"customers": []}', /^The file is JSON/],
    [
      'lacks the key column',
      'forename,surname\nJo,Holroyd\n',
      /has no column customer_no, the key of every record/,
    ],
    ['is in a layout nobody knows', 'customer_no,surname,favourite\n1,Holroyd,blue\n', /--propose-mapping/],
  ])('%s: one sentence, nothing changed', async (_, text, sentence) => {
    const before = await rowCounts(database);
    const customersFile = await folder.write(text);
    const message = typeof sentence === 'string' ? sentence : expect.stringMatching(sentence);
    await expect(runImport(context, { customersFile }, { startedBy: 'test' })).rejects.toMatchObject({
      message,
    });
    await expect(planImport(context, { customersFile })).rejects.toMatchObject({ message });
    expect(await rowCounts(database)).toEqual(before);
  });

  it('is the vehicle file: the customer file is not imported either', async () => {
    const before = await rowCounts(database);
    const request = {
      customersFile: await folder.write(customersCsv([{ customer_no: 'K1', surname: 'Holroyd' }])),
      vehiclesFile: await folder.write(''),
    };
    await expect(runImport(context, request, { startedBy: 'test' })).rejects.toMatchObject({
      field: 'vehiclesFile',
    });
    expect(await rowCounts(database)).toEqual(before);
  });
});

describe('any other file', () => {
  it('is imported through a mapping, and flags that allow contact are read the right way round', async () => {
    const customersFile = await folder.write('Account;Name;OK to market?\n900;Holroyd;no\n901;Marsh;yes\n');
    const mapping = {
      version: 1,
      file: 'customers',
      dateOrder: 'day_first',
      columns: [
        { column: 'Account', field: 'customer_no' },
        { column: 'Name', field: 'surname' },
        { column: 'OK to market?', field: 'no_marketing', invert: true },
      ],
    } as const;
    const request = { customersFile, mappings: [{ ...mapping, columns: [...mapping.columns] }] };
    await runImport(context, request, { startedBy: 'test' });
    expect((await stateOf('900')).acts).toMatchObject([{ legacy: 'no_marketing' }]);
    expect((await stateOf('901')).acts).toMatchObject([{ legacy: 'none', assumed: true }]);
  });
});

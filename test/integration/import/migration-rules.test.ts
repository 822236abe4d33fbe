import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Category, Channel } from '../../../src/domain/vocabulary.ts';
import { categories, channels } from '../../../src/domain/vocabulary.ts';
import { addContactPoint, readCustomer } from '../../../src/features/customers/service.ts';
import { runImport } from '../../../src/features/imports/service.ts';
import { decideFor } from '../../../src/features/permissions/questions.ts';
import { recordAssessment, recordScreenings } from '../../../src/features/privacy/service.ts';
import type { ManualClock } from '../../../src/platform/clock.ts';
import type { Context } from '../../../src/platform/context.ts';
import { contextOn } from '../../support/context.ts';
import { useDatabase } from '../../support/database.ts';
import { choosePolicy, customersCsv, idOf, useImportFolder, vehiclesCsv } from '../../support/imports.ts';

/**
 * The three rules of the upgrade, held against the tables that a lawyer can read: a file with each
 * combination of the old flags is imported, and the facts in the database are judged under both policies.
 */
const database = useDatabase();
const folder = useImportFolder();
let context: Context & { readonly clock: ManualClock };

const policies = ['assume_legitimate_interest', 'pecr_strict'] as const;
const flags = {
  'No Follow-Up only': { no_follow_up: 'Y', no_marketing: 'N' },
  'No Marketing only': { no_follow_up: 'N', no_marketing: 'Y' },
  'Both flags': { no_follow_up: 'Y', no_marketing: 'Y' },
  'Neither flag': { no_follow_up: 'N', no_marketing: 'N' },
} as const;
type Flags = keyof typeof flags;
const flagNames = Object.keys(flags) as Flags[];
const decisions = new Map<string, string>();

beforeAll(async () => {
  context = await contextOn(database);
  await choosePolicy(context);
  const customers = flagNames.map((name, index) => ({
    customer_no: `R${index}`,
    kind: 'individual',
    surname: 'Holroyd',
    address1: `${index} Mill Lane`,
    postcode: 'S1 2HE',
    mobile: `07700 90010${index}`,
    email: `holroyd-${index}@example.com`,
    ...flags[name],
  }));
  const vehicles = customers.map(({ customer_no }, index) => ({
    customer_no,
    registration: `AB1${index} CDE`,
  }));
  const files = {
    customersFile: await folder.write(customersCsv(customers)),
    vehiclesFile: await folder.write(vehiclesCsv(vehicles)),
  };
  await runImport(context, files, { startedBy: 'test' });
  await recordScreenings(
    context,
    customers.map((_, index) => ({
      register: 'tps' as const,
      number: `+44770090010${index}`,
      listedOn: null,
      screenedOn: '2026-11-20',
    })),
  );
  await recordAssessment(context, {
    legalEntityId: 1,
    channels,
    categories,
    purpose: 'Keeping customers of the workshop informed.',
    necessity: 'There is no less intrusive way.',
    balance: 'Customers expect to hear from their garage.',
    approvedBy: 'Jo Holroyd',
    reviewOn: '2027-06-01',
  });
  for (const policy of policies) {
    await choosePolicy(context, policy);
    for (const [index, name] of flagNames.entries()) await decideAll(policy, name, `R${index}`);
  }
});

async function decideAll(policy: string, name: Flags, customerNumber: string): Promise<void> {
  const id = await idOf(context, customerNumber);
  const { contactPoints, vehicles } = await readCustomer(context, id);
  if (!contactPoints.some(({ kind }) => kind === 'social')) {
    const contactPoint = { kind: 'social', value: `@${customerNumber}` } as const;
    await addContactPoint(context, id, { contactPoint, givenBy: 'customer' });
  }
  for (const channel of channels) {
    for (const category of categories) {
      const vehicleId = category === 'service_follow_up' ? (vehicles[0]?.vehicleId ?? null) : null;
      const message = { identity: true, optOutMeans: true, callerNumber: true };
      const { decision } = await decideFor(context, id, { channel, category, vehicleId, message });
      decisions.set(
        `${policy} ${channel} ${category} ${name}`,
        `${decision.verdict} ${decision.reasons.join(', ')}`,
      );
    }
  }
}

const tables = await readFile(new URL('../../fixtures/import/migration-tables.md', import.meta.url), 'utf8');

/** Each cell of a policy's table: channel, category, flags and the answer with its reasons. */
function cellsOf(policy: string): [Channel, Category, Flags, string][] {
  const [, section = ''] = tables.split(`## ${policy}\n`);
  const rows = (section.split('## ')[0] ?? '').split('\n').filter((line) => /^\| [a-z_]+ \|/.test(line));
  return rows.flatMap((line) => {
    const [channel = '', category = '', ...answers] = line
      .split('|')
      .slice(1, -1)
      .map((text) => text.replaceAll(/[*`]/g, '').trim());
    return flagNames.map((name, index): [Channel, Category, Flags, string] => [
      channel as Channel,
      category as Category,
      name,
      answers[index] ?? '',
    ]);
  });
}

describe.each(policies)('after an import, under %s', (policy) => {
  it('every cell of the table is there to be held against', () => {
    expect(cellsOf(policy)).toHaveLength(channels.length * categories.length * flagNames.length);
  });

  it.each(cellsOf(policy))('%s, %s, %s: %s', (channel, category, name, expected) => {
    expect(decisions.get(`${policy} ${channel} ${category} ${name}`)).toBe(expected);
  });
});

describe('the source document', () => {
  const answer = (policy: string, name: Flags, category: Category) =>
    channels.map((channel) => decisions.get(`${policy} ${channel} ${category} ${name}`)?.split(' ')[0]);

  it.each(policies)(
    'Scenario 1: a customer marked for "No Follow-Up" will continue to receive no service marketing communications (%s)',
    (policy) => {
      expect(answer(policy, 'No Follow-Up only', 'service_follow_up')).toEqual(channels.map(() => 'deny'));
    },
  );

  it.each(policies)(
    'Scenario 2: a customer marked for "No Marketing" will not receive any service or general marketing communications (%s)',
    (policy) => {
      expect(answer(policy, 'No Marketing only', 'service_follow_up')).toEqual(channels.map(() => 'deny'));
      expect(answer(policy, 'No Marketing only', 'general_marketing')).toEqual(channels.map(() => 'deny'));
    },
  );

  it('customers not opted out are assumed opted-in (Legitimate Interest), and are never shown as consenting', () => {
    const policy = 'assume_legitimate_interest';
    for (const category of ['service_follow_up', 'general_marketing'] as const) {
      for (const channel of ['sms', 'letter', 'live_call', 'social_dm'] as const) {
        expect(decisions.get(`${policy} ${channel} ${category} Neither flag`)).toBe(
          'allow MIGRATED_LI_ASSUMED',
        );
      }
    }
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { runImport } from '../../../src/features/imports/service.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';
import { choosePolicy, customersCsv, idOf, useImportFolder } from '../../support/imports.ts';
import { boxOf, usePopUp } from '../../support/pop-up.ts';

const api = useApi(useDatabase());
const folder = useImportFolder();
const { open, save, record, timeline } = usePopUp(api);

const flags = {
  neither: { no_follow_up: 'N', no_marketing: 'N' },
  followUp: { no_follow_up: 'Y', no_marketing: 'N' },
  marketing: { no_follow_up: 'N', no_marketing: 'Y' },
};
const ids = new Map<string, string>();
const customer = (flag: keyof typeof flags): string => ids.get(flag) ?? '';

beforeAll(async () => {
  await choosePolicy(api.context, 'assume_legitimate_interest');
  const rows = Object.entries(flags).map(([name, flag], index) => ({
    customer_no: name,
    kind: 'individual',
    surname: 'Holroyd',
    mobile: `07700 90045${index}`,
    branch: 'MAIN',
    ...flag,
  }));
  await runImport(
    api.context,
    { customersFile: await folder.write(customersCsv(rows)) },
    { startedBy: 'tests' },
  );
  for (const name of Object.keys(flags)) ids.set(name, await idOf(api.context, name));
});

describe('a customer taken over at the upgrade', () => {
  it('is shown as assumed where there was no opt-out, and never as consenting', async () => {
    const shown = await open(customer('neither'));
    expect(boxOf(shown, 'sms general_marketing')).toMatchObject({
      state: 'assumed',
      stateWords: 'Assumed at upgrade',
      detail: 'no opt-out before the upgrade',
      sequence: null,
      verdict: 'allow',
      reasons: [{ code: 'MIGRATED_LI_ASSUMED' }],
    });
    expect(boxOf(shown, 'email general_marketing').state).toBe('not_asked');
    const states = shown.channels.flatMap(({ cells }) => cells.map(({ state }) => state));
    expect(states).not.toContain('consented');
  });

  it('is shown as having said no where an old flag says so, with its name', async () => {
    expect(boxOf(await open(customer('marketing')), 'letter general_marketing')).toMatchObject({
      state: 'said_no',
      stateWords: 'Said no',
      detail: 'marked No Marketing before the upgrade',
      verdict: 'deny',
      reasons: [{ code: 'LEGACY_NO_MARKETING' }],
    });
    const shown = await open(customer('followUp'));
    expect(boxOf(shown, 'sms service_follow_up')).toMatchObject({
      state: 'said_no',
      detail: 'marked No Follow-Up before the upgrade',
    });
    expect(boxOf(shown, 'sms general_marketing').state).toBe('assumed');
  });

  it('is not shown as consenting because of a tick that cannot be proved', async () => {
    api.context.clock.advance({ minutes: 5 });
    await record(customer('marketing'), {
      kind: 'record',
      review: false,
      previousSystem: true,
      cells: [{ channel: 'letter', category: 'general_marketing', answer: 'granted' }],
    });
    expect(boxOf(await open(customer('marketing')), 'letter general_marketing').state).toBe('said_no');
  });

  it('has their first review asked for, and a yes at the counter lifts the old flag', async () => {
    expect((await open(customer('marketing'))).prompt).toMatchObject({ open: true, reason: 'never' });
    api.context.clock.advance({ minutes: 5 });
    await save(customer('marketing'), ['sms general_marketing']);
    const shown = await open(customer('marketing'));
    expect(boxOf(shown, 'sms general_marketing')).toMatchObject({ state: 'consented', verdict: 'allow' });
    expect(boxOf(shown, 'letter general_marketing')).toMatchObject({ state: 'said_no', verdict: 'deny' });
  });

  it('has the upgrade in their timeline', async () => {
    const entries = (await timeline(customer('followUp'))).at('entries') as { sentence: string }[];
    expect(entries.map(({ sentence }) => sentence)).toEqual([
      'Taken over from the old records: marked No Follow-Up, the rest assumed permitted at the upgrade',
    ]);
  });
});

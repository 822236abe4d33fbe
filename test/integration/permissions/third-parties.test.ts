import { describe, expect, it } from 'vitest';
import type { Preferences } from '../../../src/features/permissions/preferences/contract.ts';
import { changePolicy } from '../../../src/features/settings/service.ts';
import { useDatabase } from '../../support/database.ts';
import type { Answer } from '../../support/http.ts';
import { useApi } from '../../support/http.ts';
import { usePopUp } from '../../support/pop-up.ts';

const api = useApi(useDatabase());
const popUp = usePopUp(api);

const insurer = 'Bridge Finance plc';
const glazier = 'Northern Autoglass Limited';

async function asksAbout(...askedCompanies: readonly string[]): Promise<void> {
  await changePolicy(api.context, {
    settings: { askedCompanies: [...askedCompanies] },
    reason: null,
    recordedBy: 'test',
  });
}

/** Saves every box that is shown, these ticked: `sms Bridge Finance plc`. */
function save(customer: string, shown: Preferences, ticked: readonly string[]): Promise<Answer> {
  return api.ask(`/api/v1/customers/${customer}/preferences`, {
    body: {
      expectedSequence: shown.sequence,
      wordingHash: shown.wording.hash,
      method: ticked.length === 0 ? null : 'in_person',
      answers: shown.channels.flatMap(({ channel, cells }) =>
        cells.map(({ category, company }) => ({
          channel,
          category,
          ...(company === null ? {} : { company }),
          ticked: company !== null && ticked.includes(`${channel} ${company}`),
        })),
      ),
    },
  });
}

function columns({ channels }: Preferences): (string | null)[] {
  return channels[0]?.cells.map(({ category, company }) => company ?? category) ?? [];
}

function cell({ channels }: Preferences, channel: string, company: string) {
  return channels
    .find((row) => row.channel === channel)
    ?.cells.find((candidate) => candidate.company === company);
}

describe('third-party marketing', () => {
  it('is not asked about unless the dealer switches it on', async () => {
    const customer = await popUp.newCustomer();
    const shown = await popUp.open(customer);
    expect(columns(shown)).toEqual(['service_follow_up', 'general_marketing']);
    expect(shown.wording.text).toBe(shown.wording.withoutCompanies);
  });

  it('has a column for each company, named in full, and the words that are read out name it', async () => {
    await asksAbout(insurer, glazier);
    const shown = await popUp.open(await popUp.newCustomer());
    expect(columns(shown)).toEqual(['service_follow_up', 'general_marketing', insurer, glazier]);
    expect(shown.wording.text).toContain(`offers of ${insurer} or ${glazier}?`);
    expect(shown.wording.withoutCompanies).not.toContain(insurer);
    for (const { cells } of shown.channels) {
      for (const { company, state, verdict } of cells.filter((each) => each.company !== null)) {
        expect([company, state, verdict]).toEqual([company, 'not_asked', 'deny']);
      }
    }
  });

  it('a yes is for the company it names and no other, and needs to say how it was given', async () => {
    await asksAbout(insurer, glazier);
    const customer = await popUp.newCustomer();
    const unproved = await popUp.save(customer, [], {
      method: null,
      answers: [{ channel: 'email', category: 'third_party_marketing', company: insurer, ticked: true }],
    });
    expect([unproved.status, unproved.body]).toEqual([
      422,
      expect.objectContaining({ code: 'evidence-required' }),
    ]);
    const saved = await save(customer, await popUp.open(customer), [`email ${insurer}`]);
    expect(saved.status).toBe(201);
    expect(saved.body).toMatchObject({
      effects: { may: [`We may now email about offers of ${insurer}.`] },
    });
    const held = await popUp.open(customer);
    expect(cell(held, 'email', insurer)).toMatchObject({ state: 'consented', verdict: 'allow' });
    expect(cell(held, 'email', insurer)?.detail).toContain('in person');
    expect(cell(held, 'email', glazier)).toMatchObject({ state: 'said_no', verdict: 'deny' });
    expect(cell(held, 'sms', insurer)).toMatchObject({ state: 'said_no', verdict: 'deny' });
  });

  it('a yes to a company that is not asked about is refused, and so is one that names nobody', async () => {
    await asksAbout(insurer);
    const customer = await popUp.newCustomer();
    const yes = (more: Record<string, unknown>): Promise<Answer> =>
      popUp.save(customer, [], {
        answers: [{ channel: 'email', category: 'third_party_marketing', ticked: true, ...more }],
      });
    expect(await yes({ company: glazier })).toMatchObject({
      status: 409,
      body: { code: 'companies-changed' },
    });
    expect((await yes({})).text).toContain('is not consent');
    expect((await popUp.open(customer)).sequence).toBe(1);
    await expect(asksAbout('our selected partners')).rejects.toThrow(/Name the company/);
  });

  it('ends when all marketing is stopped', async () => {
    await asksAbout(insurer);
    const customer = await popUp.newCustomer();
    await save(customer, await popUp.open(customer), [`email ${insurer}`]);
    await popUp.record(customer, { kind: 'stop_all_marketing' });
    expect(cell(await popUp.open(customer), 'email', insurer)).toMatchObject({
      state: 'withdrawn',
      verdict: 'deny',
    });
  });
});

describe('words that name nobody', () => {
  it.each(['carefully selected partners', 'Our preferred partners', 'third parties', 'group companies'])(
    'are no company that a customer can have agreed to: %s',
    async (thirdPartyName) => {
      const customer = await popUp.newCustomer();
      const recorded = await api.ask(`/api/v1/customers/${customer}/permission-events`, {
        body: {
          kind: 'record',
          cells: [{ channel: 'email', category: 'third_party_marketing', thirdPartyName, answer: 'granted' }],
          method: 'paper',
          occurredAt: '2026-11-01T10:00:00Z',
          wording: { text: 'May selected partners write to you?' },
        },
      });
      expect(recorded.status).toBe(422);
      expect(JSON.stringify(recorded.body)).toContain('Name the company.');
    },
  );
});

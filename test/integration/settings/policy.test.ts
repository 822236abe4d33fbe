import { describe, expect, it } from 'vitest';
import { givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';

const api = useApi(useDatabase());

function change(body: object) {
  return api.ask('/api/v1/policy', { method: 'PUT', body });
}

describe('choosing a policy', () => {
  it('is on record as nobody’s choice until somebody names one; another setting is no choice of policy', async () => {
    expect((await api.ask('/api/v1/policy')).body).toMatchObject({
      settings: { policy: 'pecr_strict' },
      chosenExplicitly: false,
    });
    const interval = await change({ settings: { reviewIntervalMonths: 12 }, reason: 'Once a year' });
    expect(interval.status).toBe(200);
    expect(interval.body).toMatchObject({
      settings: { policy: 'pecr_strict', reviewIntervalMonths: 12 },
      chosenExplicitly: false,
    });
    const chosen = await change({ settings: { policy: 'pecr_strict' }, reason: 'Advised by our solicitor' });
    expect(chosen.body).toMatchObject({ settings: { reviewIntervalMonths: 12 }, chosenExplicitly: true });
  });

  it('of assumed legitimate interest shows its warning first and takes the name of who accepts it', async () => {
    const assume = { settings: { policy: 'assume_legitimate_interest' }, reason: 'As before the upgrade' };
    for (const warningAcceptedBy of [undefined, '  ', '\u200b\u200b', '..']) {
      const refused = await change({ ...assume, warningAcceptedBy });
      expect(refused.body).toMatchObject({
        status: 422,
        code: 'warning-not-accepted',
        detail: expect.stringContaining("'They did not opt out' is neither."),
      });
    }
    expect((await api.ask('/api/v1/policy')).at('settings.policy')).toBe('pecr_strict');
    const accepted = await change({ ...assume, warningAcceptedBy: 'Priya Nair' });
    expect(accepted.body).toMatchObject({ settings: { policy: 'assume_legitimate_interest' } });
    const interval = await change({ settings: { reviewIntervalMonths: 6 }, reason: 'Twice a year' });
    expect(interval.body).toMatchObject({ settings: { policy: 'assume_legitimate_interest' } });
  });

  it('answers differently from the instant it takes effect, and not before', async () => {
    await change({ settings: { policy: 'pecr_strict' }, reason: 'Strict again' });
    const id = await givenCustomer(api.context, {
      contactPoints: [{ kind: 'phone', value: '07700 900301' }],
    });
    await api.ask(`/api/v1/customers/${id}/permission-events`, {
      body: {
        kind: 'record',
        cells: [
          { channel: 'sms', category: 'general_marketing', answer: 'granted', basis: 'legitimate_interest' },
        ],
        method: 'in_person',
        wording: { text: 'We would like to send you our offers.' },
      },
    });
    const verdictAt = async (asOf?: string) =>
      (
        await api.ask('/api/v1/decisions', {
          body: { customer: id, channel: 'sms', category: 'general_marketing', asOf },
        })
      ).at('verdict');
    expect(await verdictAt()).toBe('deny');
    const planned = await change({
      settings: { policy: 'assume_legitimate_interest' },
      reason: 'From tomorrow',
      warningAcceptedBy: 'Priya Nair',
      effectiveAt: '2026-11-24T09:00:00Z',
    });
    expect(planned.at('effectiveAt')).toBe('2026-11-24T09:00:00Z');
    expect(await verdictAt()).toBe('deny');
    api.context.clock.advance({ hours: 24 });
    expect(await verdictAt()).toBe('allow');
    expect(await verdictAt('2026-11-23T11:30:00Z')).toBe('deny');
  });

  it.each([
    [{ settings: { policy: 'pecr_strict' } }, 'reason'],
    [{ settings: { policy: 'whatever' }, reason: 'Because' }, 'settings.policy'],
    [{ settings: { reviewIntervalMonths: 99 }, reason: 'Because' }, 'settings.reviewIntervalMonths'],
    [{ settings: { tpsIgnored: true }, reason: 'Because' }, 'settings.tpsIgnored'],
    [{ settings: {}, reason: 'Because', effectiveAt: '2020-01-01T00:00:00Z' }, 'effectiveAt'],
  ])('refuses %j for its field', async (body, field) => {
    expect((await change(body)).body).toMatchObject({ status: 422, errors: [{ field }] });
  });
});

describe('the versions of the policy', () => {
  it('are all there, newest first, one of them in force, with who accepted the warning for those who may choose', async () => {
    const all = await api.ask('/api/v1/policy/versions');
    const versions = all.at('versions') as { version: number; inForce: boolean }[];
    expect(versions.filter(({ inForce }) => inForce)).toHaveLength(1);
    expect(versions[0]).toMatchObject({
      inForce: true,
      warningAcceptedBy: 'Priya Nair',
      recordedBy: expect.any(String),
    });
    expect(versions.at(-1)).toMatchObject({ effectiveAt: '1970-01-01T00:00:00Z', chosenExplicitly: false });
    const key = await api.keyWith('policy:read');
    const read = await api.ask('/api/v1/policy/versions', { key });
    expect(read.at('versions.0')).toMatchObject({ inForce: true, warningAcceptedBy: null });
  });

  it('are added by those who may choose a policy, and nobody else', async () => {
    const key = await api.keyWith('policy:read', 'imports', 'resets', 'selections');
    const body = { settings: { policy: 'pecr_strict' }, reason: 'Because' };
    expect((await api.ask('/api/v1/policy', { method: 'PUT', body, key })).status).toBe(403);
  });
});

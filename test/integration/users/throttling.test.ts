import { describe, expect, it } from 'vitest';
import { beginAttempt, networkOf, newDevice } from '../../../src/features/users/throttling/service.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';
import { browserOn, givenStaff } from '../../support/staff.ts';

const database = useDatabase();
const api = useApi(database);

/** Guesses a password until there were too many; answers how many were let through. */
async function guesses(
  attempt: (index: number) => Partial<Parameters<typeof beginAttempt>[1]>,
): Promise<number> {
  for (let count = 0; count < 200; count += 1) {
    try {
      const usual = { username: 'victim', address: '192.0.2.1', device: null };
      await beginAttempt(api.context, { ...usual, ...attempt(count) });
    } catch (error) {
      expect(error).toMatchObject({ status: 429, code: 'too-many-attempts' });
      return count;
    }
  }
  throw new Error('Nobody stopped this.');
}

describe('guessing passwords', () => {
  it('is stopped after ten for one username at one address', async () => {
    expect(await guesses(() => ({ username: 'one', address: '192.0.2.10' }))).toBe(10);
    await beginAttempt(api.context, { username: 'two', address: '192.0.2.10', device: null });
  });

  it('is stopped for one username at many addresses', async () => {
    expect(await guesses((index) => ({ username: 'Spread', address: `198.51.100.${index}` }))).toBe(30);
  });

  it('is stopped for many usernames at one address, and anywhere in one IPv6 network', async () => {
    expect(await guesses((index) => ({ username: `sprayed-${index}`, address: '192.0.2.11' }))).toBe(60);
    expect(
      await guesses((index) => ({
        username: `six-${index}`,
        address: `2001:db8:1:2::${index.toString(16)}`,
      })),
    ).toBe(60);
  });

  it('is not helped by writing the username another way', async () => {
    const ways = ['Written', 'WRITTEN', ' written ', 'written'];
    expect(await guesses((index) => ({ username: ways[index % 4] ?? '', address: '192.0.2.12' }))).toBe(10);
  });

  it('is not helped by asking for all of them at once', async () => {
    const attempt = { username: 'at-once', address: '192.0.2.13', device: null };
    const outcomes = await Promise.allSettled(
      Array.from({ length: 25 }, () => beginAttempt(api.context, attempt)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  });

  it('is treated alike for a username that nobody has', async () => {
    await givenStaff(api.context, 'really');
    const ask = async (username: string) => {
      const browser = browserOn(api, { 'x-forwarded-for': '192.0.2.14' });
      const answers: Awaited<ReturnType<typeof browser.signIn>>[] = [];
      for (let count = 0; count < 11; count += 1)
        answers.push(await browser.signIn(username, 'a wrong password'));
      return answers.map(({ status }) => status);
    };
    expect(await ask('really')).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    expect(await ask('not-really')).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    const right = await browserOn(api, { 'x-forwarded-for': '192.0.2.14' }).signIn('really');
    expect(right.status).toBe(429);
    expect(right.headers['retry-after']).toBe('900');
    expect(right.at('detail')).toContain('wait 15 minutes');
  });

  it('ends its own wait a quarter of an hour after it began, however often it is tried meanwhile', async () => {
    const attempt = { username: 'patient', address: '192.0.2.15', device: null };
    await guesses(() => attempt);
    api.context.clock.advance({ minutes: 14 });
    await expect(beginAttempt(api.context, attempt)).rejects.toMatchObject({ retryAfterSeconds: 60 });
    api.context.clock.advance({ minutes: 1 });
    expect(await guesses(() => attempt)).toBe(10);
  });

  it('does not count what was no guess', async () => {
    for (let count = 0; count < 70; count += 1) {
      const attempt = { username: `honest-${count % 4}`, address: '192.0.2.16', device: null };
      await (await beginAttempt(api.context, attempt)).succeeded();
    }
  });

  it('keeps nobody out of a browser in which they signed in before', async () => {
    await givenStaff(api.context, 'besieged');
    const known = browserOn(api, { 'x-forwarded-for': '192.0.2.17' });
    expect((await known.signIn('besieged')).status).toBe(201);
    await guesses((index) => ({ username: 'besieged', address: `203.0.113.${index}` }));
    await guesses(() => ({ username: 'besieged', address: '192.0.2.17' }));
    const stranger = browserOn(api, { 'x-forwarded-for': '192.0.2.17' });
    expect((await stranger.signIn('besieged')).status).toBe(429);
    expect((await known.signIn('besieged')).status).toBe(201);
  });

  it('is stopped in a browser that is known, too, and that is known for one username alone', async () => {
    const device = newDevice(api.context, 'owner');
    expect(await guesses(() => ({ username: 'owner', device, address: '192.0.2.18' }))).toBe(10);
    const [id = '', seal = ''] = device.split('.');
    const forged = [`${id}.${seal}.more`, `${id}.${seal}A`, `${id}.`, 'x', `${id}x.${seal}`, '.'];
    // None of these is a browser of its own: all of them share what is left at this address.
    expect(
      await guesses((index) => ({
        username: 'owner',
        device: forged[index % 6] ?? '',
        address: '192.0.2.18',
      })),
    ).toBeLessThanOrEqual(15);
    expect(await guesses(() => ({ username: 'other', device, address: '192.0.2.19' }))).toBe(10);
  });

  it('leaves neither usernames nor addresses behind, and is forgotten', async () => {
    await beginAttempt(api.context, { username: 'hunter2', address: '192.0.2.20', device: null });
    expect(JSON.stringify(await database.query('select * from sign_in_attempt'))).not.toMatch(
      /hunter2|192\.0/,
    );
    api.context.clock.advance({ minutes: 15 });
    for (let count = 0; count < 10; count += 1) {
      await beginAttempt(api.context, { username: `later-${count}`, address: '192.0.2.21', device: null });
    }
    const [row] = await database.query('select count(*)::int as count from sign_in_attempt');
    expect(row?.['count']).toBe(21);
  });
});

describe('the network of an address', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:0:1:2:3:4:5', '2001:db8:0:1'],
    ['2001:DB8::5', '2001:db8:0:0'],
    ['2001:0db8:0000:0001::', '2001:db8:0:1'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

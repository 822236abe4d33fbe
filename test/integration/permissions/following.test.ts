import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import { changeUser } from '../../../src/features/users/staff/service.ts';
import { buildApp } from '../../../src/main.ts';
import { within } from '../../../src/platform/context.ts';
import type { Database } from '../../../src/platform/database.ts';
import { inTransaction, openDatabase } from '../../../src/platform/database.ts';
import type { HttpApp } from '../../../src/platform/http.ts';
import { silentLogger } from '../../../src/platform/logger.ts';
import { adviser, answers, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';
import { browserOn, givenStaff } from '../../support/staff.ts';

const database = useDatabase();
const api = useApi(database);
let apps: HttpApp[] = [];
let otherDatabase: Database | undefined;

/** Two processes on one database, each with streams of its own; the second has little room. */
beforeAll(async () => {
  otherDatabase = openDatabase(database.settings(), { role: 'application', logger: silentLogger() });
  const other = { ...api.context, database: otherDatabase };
  const limits = { streams: 3, streamsOfOne: 2, heartbeatMilliseconds: 50 };
  apps = [
    await buildApp(api.context),
    await buildApp(other, { streamLimits: limits }),
    await buildApp(api.context),
  ];
  for (const app of apps) await app.listen({ port: 0, host: '127.0.0.1' });
}, 60_000);
afterAll(async () => {
  await Promise.all(apps.map((app) => app.close()));
  await otherDatabase?.close();
});

interface Following {
  readonly response: Response;
  /** The next event, as a browser would be given it; null when the stream is over. */
  next(): Promise<{ event: string; data: unknown } | null>;
  stop(): void;
}

async function follow(customerId: string, headers: Record<string, string>, process = 0): Promise<Following> {
  const app = apps[process];
  if (app === undefined) throw new Error('There is no such process.');
  const { port } = app.server.address() as AddressInfo;
  const given = new AbortController();
  const response = await fetch(
    `http://127.0.0.1:${port}/api/v1/customers/${customerId}/preferences/changes`,
    { headers, signal: given.signal },
  );
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next: Following['next'] = async () => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(text.slice(0, end)) ?? [];
        text = text.slice(end + 2);
        if (event !== undefined) return { event, data: JSON.parse(data ?? '') };
        continue;
      }
      const { value, done } = (await reader?.read()) ?? { done: true };
      if (done) return null;
      text += value;
    }
  };
  return { response, next, stop: () => given.abort() };
}

const key = () => ({ authorization: `Bearer ${api.key}` });
const yesToTexts = answers('general_marketing', [{ channel: 'sms' }]);

describe('whoever has the preferences of a customer open', () => {
  it('hears that somebody else saved them, in this process and in another, and hears nothing of whom or what', async () => {
    const id = await givenCustomer(api.context, { surname: 'Followed' });
    const here = await follow(id, key());
    const there = await follow(id, key(), 1);
    expect(here.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(here.response.headers.get('cache-control')).toContain('no-store');
    for (const stream of [here, there]) {
      expect(await stream.next()).toMatchObject({ event: 'changed', data: { sequence: 1 } });
    }
    await recordPermissionEvent(api.context, id, yesToTexts, adviser);
    for (const stream of [here, there]) {
      const heard = await stream.next();
      expect(heard).toEqual({
        event: 'changed',
        data: { sequence: 2, judgedAt: '2026-11-23T11:00:00Z' },
      });
      stream.stop();
    }
  });

  it('hears of what was committed, and never of what was taken back', async () => {
    const id = await givenCustomer(api.context, { surname: 'Undone' });
    const stream = await follow(id, key());
    await stream.next();
    const undone = inTransaction(api.context.database.db, async (transaction) => {
      await recordPermissionEvent(within(api.context, transaction), id, yesToTexts, adviser);
      throw new Error('taken back');
    });
    await expect(undone).rejects.toThrow('taken back');
    await recordPermissionEvent(
      api.context,
      id,
      { kind: 'stop_all_marketing', givenBy: 'customer' },
      adviser,
    );
    expect(await stream.next()).toMatchObject({ data: { sequence: 2 } });
    stream.stop();
  });

  it('is told that it is over at once when they sign out, and when their account is closed', async () => {
    const id = await givenCustomer(api.context, { surname: 'Leaving' });
    const userId = await givenStaff(api.context, 'leaving');
    for (const process of [0, 1]) {
      const browser = browserOn(api);
      await browser.signIn('leaving');
      const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
      const stream = await follow(id, { cookie }, process);
      expect(await stream.next()).toMatchObject({ event: 'changed' });
      if (process === 0) await browser.ask('/session', { method: 'DELETE' });
      else {
        const by = { expectedVersion: 1, actor: adviser };
        await changeUser(api.context, userId, { disabled: true }, by);
      }
      expect(await stream.next()).toEqual({ event: 'over', data: {} });
      expect(await stream.next()).toBeNull();
      expect((await follow(id, { cookie })).response.status).toBe(401);
    }
  });

  it('is refused without the scope, of nobody on file, and where too many are open', async () => {
    const id = await givenCustomer(api.context, { surname: 'Crowded' });
    const without = { authorization: `Bearer ${await api.keyWith('reviews:read')}` };
    expect((await follow(id, without)).response.status).toBe(403);
    expect((await follow('0195f3c0-0000-7000-8000-000000000000', key())).response.status).toBe(404);
    const open = [await follow(id, key(), 1), await follow(id, key(), 1)];
    const refused = await follow(id, key(), 1);
    expect(refused.response.status).toBe(429);
    expect(refused.response.headers.get('retry-after')).toBe('60');
    for (const stream of open) stream.stop();
  });

  it('hears of what nobody told it of at the next heartbeat, such as where another process died', async () => {
    const id = await givenCustomer(api.context, { surname: 'Silent' });
    const stream = await follow(id, key(), 1);
    await stream.next();
    await database.query('update permission_standing set ledger_sequence = 7 where customer_id = $1', [id]);
    expect(await stream.next()).toMatchObject({ data: { sequence: 7 } });
    stream.stop();
  });

  it('connects again after the connection to the database broke, and has missed nothing', async () => {
    const id = await givenCustomer(api.context, { surname: 'Broken' });
    const stream = await follow(id, key());
    await stream.next();
    await database.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %' and datname = current_database()",
    );
    await recordPermissionEvent(api.context, id, yesToTexts, adviser);
    expect(await stream.next()).toMatchObject({ data: { sequence: 2 } });
    stream.stop();
  });

  it('lets the program stop: every stream ends', async () => {
    const id = await givenCustomer(api.context, { surname: 'Stopping' });
    const stream = await follow(id, key(), 2);
    await stream.next();
    await apps[2]?.close();
    expect(await stream.next()).toBeNull();
  });
});

import { request } from 'node:http';
import { PassThrough, Readable } from 'node:stream';
import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import type { BodyLimits } from '../../../src/platform/request-body.ts';
import { readBody, signalOfLeaving } from '../../../src/platform/request-body.ts';

const forEver = new AbortController().signal;
const limits: BodyLimits = { bytesMax: 10, stalledAfter: 60_000, signal: forEver };

async function bytesOf(body: Readable | undefined, changed: Partial<BodyLimits> = {}): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of readBody(body, { ...limits, ...changed })) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

describe('the body of a request that is read as it comes', () => {
  it('is what was sent, up to the last byte that may come', async () => {
    expect(await bytesOf(Readable.from([Buffer.from('12345'), Buffer.from('67890')]))).toBe('1234567890');
    expect(await bytesOf(undefined)).toBe('');
  });

  it('is refused at the first byte too many, however it was announced, with the connection left for the answer', async () => {
    const body = Readable.from([Buffer.from('12345'), Buffer.from('678901'), Buffer.from('2')]);
    await expect(bytesOf(body)).rejects.toMatchObject({ status: 413, code: 'too-large' });
    expect(body.destroyed).toBe(false);
  });

  it('is given up when nothing more comes', async () => {
    const body = new PassThrough();
    body.write('123');
    await expect(bytesOf(body, { stalledAfter: 20 })).rejects.toMatchObject({ status: 408, code: 'stalled' });
    expect(body.destroyed).toBe(false);
    // What its sender does later is of no interest to anybody.
    body.destroy(new Error('The sender left.'));
  });

  it('is given up when the server stops, before and while it comes', async () => {
    const stopping = new AbortController();
    const body = new PassThrough();
    const reading = bytesOf(body, { signal: stopping.signal });
    const reason = new Error('The server is being stopped.');
    stopping.abort(reason);
    await expect(reading).rejects.toBe(reason);
    await expect(bytesOf(new PassThrough(), { signal: stopping.signal })).rejects.toBe(reason);
  });

  it('says so when its sender leaves half-way', async () => {
    const body = new PassThrough();
    const reading = bytesOf(body);
    body.write('123');
    body.destroy(new Error('aborted'));
    await expect(reading).rejects.toMatchObject({ status: 400, code: 'connection-lost' });
  });
});

describe('work for somebody who waits for the answer', () => {
  it('is given up when they leave, and not when they were answered', async () => {
    const app = fastify();
    const asked = Promise.withResolvers<void>();
    const left = Promise.withResolvers<unknown>();
    let answered: AbortSignal | undefined;
    app.post('/long', (_request, reply) => {
      const signal = signalOfLeaving(reply);
      signal.addEventListener('abort', () => left.resolve(signal.reason));
      asked.resolve();
    });
    app.post('/short', async (_request, reply) => {
      answered = signalOfLeaving(reply);
      return 'answered';
    });
    const listening: Promise<string> = app.listen({ port: 0, host: '127.0.0.1' });
    const url = new URL(await listening);
    const leaving = request(new URL('/long', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    leaving.once('error', () => undefined);
    leaving.end('{}');
    await asked.promise;
    leaving.destroy();
    expect(await left.promise).toMatchObject({ code: 'connection-lost' });
    expect(await (await fetch(new URL('/short', url), { method: 'POST' })).text()).toBe('answered');
    await app.close();
    expect(answered?.aborted).toBe(false);
  });
});

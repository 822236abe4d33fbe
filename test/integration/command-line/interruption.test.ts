import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { interruptible } from '../../../src/cli/interruption.ts';
import { selectionSchema } from '../../../src/features/mailshots/contract.ts';
import { exportSelection } from '../../../src/features/mailshots/export/service.ts';
import { contextOn } from '../../support/context.ts';
import { givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'navigator-interruption-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(['SIGINT', 'SIGTERM'] as const)('an export that %s interrupts', (signal) => {
  it('leaves no list of people behind, not even a part of one', async () => {
    const context = await contextOn(database);
    await givenCustomer(context, {});
    const during: string[] = [];
    const exported = interruptible((interruption) =>
      exportSelection(context, selectionSchema.parse({ channel: 'sms', category: 'general_marketing' }), {
        file: path.join(folder, 'list.csv'),
        columns: ['name'],
        actor: { kind: 'staff', id: 'test' },
        onProgress: () => {
          during.push(signal);
          process.emit(signal);
          interruption.throwIfAborted();
        },
      }),
    );
    await expect(exported).rejects.toThrow('interrupted');
    expect(during).not.toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });
});

it('work that nobody interrupts ends as it would, and listens no more', async () => {
  const before = process.listenerCount('SIGINT');
  expect(await interruptible(async ({ aborted }) => aborted)).toBe(false);
  expect(process.listenerCount('SIGINT')).toBe(before);
});

import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Case } from '../../../src/cli/cases/case-format.ts';
import { checkByEngine, checkOnDatabase, readCases } from '../../../src/cli/cases/check-cases.ts';
import { manualClock } from '../../../src/platform/clock.ts';
import { silentLogger } from '../../../src/platform/logger.ts';
import { openContext } from '../../../src/services.ts';
import { useDatabase } from '../../support/database.ts';

/** Every case of the rules, each of the three ways a question can take through the product. */
const database = useDatabase();
const folder = fileURLToPath(new URL('../../fixtures/cases/', import.meta.url));
const files = ['cases.yaml', 'further-cases.yaml'];

const routes = ['selection', 'database'] as const;

async function onScratchDatabase(
  cases: readonly Case[],
): ReturnType<typeof checkOnDatabase<'selection' | 'database'>> {
  const name = await database.createDatabase();
  const clock = manualClock('2018-05-01T09:00:00Z');
  const { context } = await openContext(database.settings(name), {
    secret: Buffer.alloc(32, 3),
    logger: silentLogger(),
    clock,
  });
  try {
    return await checkOnDatabase({ ...context, clock }, cases, routes);
  } finally {
    await context.database.close();
  }
}

describe('every case is decided as the rules say', () => {
  it.each(files)('of %s, by the pure engine', async (file) => {
    const { cases, unreadable } = await readCases(`${folder}${file}`);
    expect(unreadable).toEqual([]);
    expect(cases.length).toBeGreaterThan(100);
    expect(checkByEngine(cases).filter(({ passed }) => !passed)).toEqual([]);
  });

  // Hundreds of customers are written and judged again under each of their policies.
  it('by the gate, from records that the product’s own services wrote, and by the bulk path of mailshots, with everybody in one database', {
    timeout: 120_000,
  }, async () => {
    const read = await Promise.all(files.map((file) => readCases(`${folder}${file}`)));
    const cases = read.flatMap((file) => file.cases);
    const outcomes = await onScratchDatabase(cases);
    for (const route of routes) {
      expect(outcomes[route]).toHaveLength(cases.length);
      expect(outcomes[route].filter(({ passed }) => !passed)).toEqual([]);
    }
  });
});

describe('a case that cannot be read', () => {
  it('counts as failed and names what is wrong', async () => {
    const { unreadable } = await readCases(
      fileURLToPath(new URL('../../fixtures/cases/unreadable-cases.yaml', import.meta.url)),
    );
    expect(unreadable).toMatchObject([
      { id: 'X01', passed: false, got: expect.stringContaining('policy') as string },
      { id: 'row 2', passed: false },
    ]);
  });
});

describe('a case that cannot be run', () => {
  it('counts as failed, and the others of its file are run, whichever way they take', async () => {
    const { cases } = await readCases(`${folder}impossible-cases.yaml`);
    const expected = [
      { id: 'Y01', passed: false, got: expect.stringContaining('could not be run') as string },
      { id: 'Y02', passed: true },
    ];
    expect(checkByEngine(cases)).toMatchObject(expected);
    expect(await onScratchDatabase(cases)).toMatchObject({ selection: expected, database: expected });
  });
});

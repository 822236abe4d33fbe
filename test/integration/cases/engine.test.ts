import { describe, expect, it } from 'vitest';
import { decideCase } from '../../../src/cli/cases/case-engine.ts';
import { readCases } from '../../../src/cli/cases/check-cases.ts';

describe.each([
  ['cases.yaml', 108],
  ['further-cases.yaml', 260],
])('the cases of %s', (name, atLeast) => {
  it('are decided by the engine as expected, every reason in order', async () => {
    const { cases, unreadable } = await readCases(`test/fixtures/cases/${name}`);
    expect(unreadable).toEqual([]);
    expect(cases.length).toBeGreaterThanOrEqual(atLeast);
    const got = cases.map((item) => {
      const { verdict, reasons } = decideCase(item);
      return { id: item.id, expect: verdict, reasons };
    });
    expect(got).toEqual(cases.map(({ id, expect: verdict, reasons }) => ({ id, expect: verdict, reasons })));
  });

  it('have each an id of their own', async () => {
    const { cases } = await readCases(`test/fixtures/cases/${name}`);
    expect(new Set(cases.map((item) => item.id)).size).toBe(cases.length);
  });
});

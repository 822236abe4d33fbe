import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { selectionCriteriaSchema, unknownFieldsOf } from '../../src/domain/selection-criteria.ts';

/** Criteria as they stand on one line of the guide and of the help, in braces that close on that line. */
function criteriaIn(file: string): string[] {
  return readFileSync(file, 'utf8').match(/\{"all": ?\[\{.*?\}\]\}/g) ?? [];
}

describe('documented criteria', () => {
  it.each(['docs/user-guide.md', 'src/cli/select.ts'])('in %s can be asked as they stand', (file) => {
    const found = criteriaIn(file);
    expect(found.length).toBeGreaterThan(0);
    for (const text of found) {
      expect(selectionCriteriaSchema.safeParse(JSON.parse(text)).error?.message).toBeUndefined();
    }
  });

  it('with a field that is not known are told by its name', () => {
    const criteria = {
      all: [{ field: 'make', is: 'Ford' }, { any: [{ field: 'vehicle_make', is: 'Ford' }] }],
    };
    expect(unknownFieldsOf(criteria)).toEqual(['vehicle_make']);
  });
});

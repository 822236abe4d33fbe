import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { schemaFaults } from '../../../src/platform/schema-faults.ts';

const item: z.ZodType = z.lazy(() =>
  z.union([group, z.strictObject({ field: z.enum(['make']), is: z.string() })]),
);
const group = z.union([z.strictObject({ all: z.array(item) }), z.strictObject({ any: z.array(item) })]);
const part = z.union([z.literal('permitted'), z.strictObject({ leftOutFor: z.array(z.enum(['CAP'])) })]);

function faultsIn(schema: z.ZodType, value: unknown): string[] {
  const result = schema.safeParse(value);
  if (result.success) throw new Error('The value was allowed.');
  return schemaFaults(result.error.issues).map(({ field, message }) => `${field}: ${message}`);
}

describe('what is wrong with a value', () => {
  it('is told at the field where it is', () => {
    const schema = z.object({ cells: z.array(z.object({ channel: z.enum(['sms']) })) });
    expect(faultsIn(schema, { cells: [{ channel: 'fax' }] })).toEqual([
      'cells.0.channel: Invalid input: expected "sms"',
    ]);
  });

  it('is told at the very field that is not known', () => {
    const schema = z.object({ person: z.strictObject({ name: z.string() }) });
    expect(faultsIn(schema, { person: { name: 'a', shoe: 1, hat: 2 } })).toEqual([
      'person.shoe: This field is not known: leave it out or correct its name.',
      'person.hat: This field is not known: leave it out or correct its name.',
    ]);
  });

  it('is told of the form that the value comes nearest to, however deep it lies', () => {
    expect(faultsIn(group, { all: [{ any: [{ field: 'shoe', is: '9' }] }] })).toEqual([
      'all.0.any.0.field: Invalid input: expected "make"',
    ]);
    expect(faultsIn(part, { leftOutFor: ['MOOD'] })).toEqual(['leftOutFor.0: Invalid input: expected "CAP"']);
  });

  it('is told of the value as a whole where it comes near to none of its forms', () => {
    expect(faultsIn(z.object({ part }), { part: 'everybody' })).toEqual(['part: Invalid input']);
  });
});

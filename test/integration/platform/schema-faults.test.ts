import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readBySchema } from '../../../src/platform/schema-faults.ts';

const item: z.ZodType = z.lazy(() =>
  z.union([group, z.strictObject({ field: z.enum(['make']), is: z.string() })]),
);
const group = z.union([z.strictObject({ all: z.array(item) }), z.strictObject({ any: z.array(item) })]);
const part = z.union([z.literal('permitted'), z.strictObject({ leftOutFor: z.array(z.enum(['CAP'])) })]);

function faultsIn(schema: z.ZodType, value: unknown): string[] {
  const result = readBySchema(schema, value, 'body');
  if ('value' in result) throw new Error('The value was allowed.');
  return result.error.faults.map(({ field, message }) => `${field}: ${message}`);
}

describe('what is wrong with a value', () => {
  it('is told at the field where it is', () => {
    const schema = z.object({ cells: z.array(z.object({ channel: z.enum(['sms']) })) });
    expect(faultsIn(schema, { cells: [{ channel: 'fax' }] })).toEqual([
      'cells.0.channel: This has to be sms.',
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
      'all.0.any.0.field: This has to be make.',
    ]);
    expect(faultsIn(part, { leftOutFor: ['MOOD'] })).toEqual(['leftOutFor.0: This has to be CAP.']);
  });

  it('is told of the value as a whole where it comes near to none of its forms', () => {
    expect(faultsIn(z.object({ part }), { part: 'everybody' })).toEqual([
      'part: This has none of the forms it may have: see what the description of the API says of it.',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { branchListSchema } from '../../../src/features/branches/contract.ts';
import {
  newUserSchema,
  passwordChangeSchema,
  sessionChangesSchema,
  sessionSchema,
  setUpCheckSchema,
  setUpSchema,
  setUpStateSchema,
  signInSchema,
  userChangesSchema,
  userPageSchema,
  userParams,
  userQuery,
  userSchema,
} from '../../../src/features/users/contract.ts';
import { roles, scopes, scopesOfRole } from '../../../src/features/users/roles.ts';

const secrets = /password|token|hash/i;

describe('what is asked about staff', () => {
  it.each([
    ['signInSchema', signInSchema],
    ['sessionChangesSchema', sessionChangesSchema],
    ['passwordChangeSchema', passwordChangeSchema],
    ['setUpCheckSchema', setUpCheckSchema],
    ['setUpSchema', setUpSchema],
    ['newUserSchema', newUserSchema],
    ['userChangesSchema', userChangesSchema],
    ['userQuery', userQuery],
    ['userParams', userParams],
  ])('takes no field that %s does not name', (_name, schema) => {
    const { error } = schema.safeParse({ scopes: ['users'] });
    expect(error?.issues.map(({ code }) => code)).toContain('unrecognized_keys');
  });
});

describe('what is answered about staff', () => {
  it.each([
    ['sessionSchema', sessionSchema],
    ['setUpStateSchema', setUpStateSchema],
    ['branchListSchema', branchListSchema],
    ['userSchema', userSchema],
    ['userPageSchema', userPageSchema],
  ])('holds no secret: %s', (_name, schema) => {
    const fields = fieldsOf(schema.toJSONSchema());
    expect(fields.length).toBeGreaterThan(0);
    expect(fields.filter((field) => secrets.test(field))).toEqual([]);
  });
});

describe('a role', () => {
  it('gives scopes that exist, each once, and every one of them to somebody', () => {
    for (const role of roles) {
      const given = scopesOfRole[role];
      expect(given.length).toBeGreaterThan(0);
      expect(given).toEqual([...new Set(given)]);
    }
    expect(scopesOfRole.administrator).toEqual(scopes);
  });

  it('at the counter takes no list out of the house, corrects nothing and lets nobody in', () => {
    for (const role of ['adviser', 'sales'] as const) {
      expect(scopesOfRole[role]).toContain('permissions:write');
      for (const refused of [
        'exports',
        'imports',
        'resets',
        'permissions:correct',
        'policy:write',
        'users',
      ]) {
        expect(scopesOfRole[role]).not.toContain(refused);
      }
    }
  });

  it('in marketing changes no answer of a customer', () => {
    expect(scopesOfRole.marketing).not.toContain('permissions:write');
    expect(scopesOfRole.marketing).not.toContain('customers:write');
  });

  it('other than administrator decides nothing about staff', () => {
    expect(roles.filter((role) => scopesOfRole[role].includes('users'))).toEqual(['administrator']);
  });
});

/** Every field of a schema, at any depth. */
function fieldsOf(schema: unknown): string[] {
  if (schema === null || typeof schema !== 'object') return [];
  return Object.entries(schema).flatMap(([key, value]) => [
    ...(key === 'properties' ? Object.keys(value as object) : []),
    ...fieldsOf(value),
  ]);
}

/**
 * Who may do what: one table. A member of staff has a role, a role gives scopes, and every route names the
 * scope it needs. An API key has scopes of its own.
 */
export const scopes = [
  'customers:read',
  'customers:write',
  'permissions:read',
  'permissions:write',
  'permissions:correct',
  'decisions',
  'selections',
  'exports',
  'imports',
  'resets',
  'reviews:read',
  'registers:read',
  'registers:write',
  'enquiries:read',
  'enquiries:write',
  'enquiries:submit',
  'policy:read',
  'policy:write',
  'users',
  'appointments:read',
  'appointments:write',
  'workshop:write',
  'templates:read',
  'templates:write',
  'templates:approve',
] as const;

export type Scope = (typeof scopes)[number];

export const roles = ['adviser', 'sales', 'marketing', 'manager', 'privacy', 'administrator'] as const;

export type Role = (typeof roles)[number];

/** At the counter: ask, record, correct nothing. */
const counter: readonly Scope[] = [
  'customers:read',
  'customers:write',
  'permissions:read',
  'permissions:write',
  'decisions',
  'reviews:read',
  'enquiries:read',
  'enquiries:write',
  'templates:read',
];

/** Chooses whom to write to, and changes nobody's answers. */
const marketing: readonly Scope[] = [
  'customers:read',
  'permissions:read',
  'decisions',
  'selections',
  'exports',
  'reviews:read',
  'registers:read',
  'policy:read',
  'templates:read',
  'templates:write',
];

/** Books cars in, and says how they get on. */
const workshop: readonly Scope[] = ['appointments:read', 'appointments:write'];

const manager: readonly Scope[] = [
  ...new Set([...counter, ...marketing]),
  'permissions:correct',
  ...workshop,
  'workshop:write',
  'templates:approve',
];

/** Answers for the data: what is brought in, what is taken back, who is on a register, and how silence is read. */
const privacy: readonly Scope[] = [...manager, 'imports', 'resets', 'registers:write', 'policy:write'];

export const scopesOfRole: Readonly<Record<Role, readonly Scope[]>> = {
  adviser: [...counter, ...workshop],
  sales: [...counter, 'appointments:read'],
  marketing,
  manager,
  privacy,
  administrator: scopes,
};

/** A role as the database has it; it knows no other. */
export function roleOf(text: string): Role {
  const role = roles.find((known) => known === text);
  if (role === undefined) throw new Error(`The role ${text} of the database is not one of the program.`);
  return role;
}

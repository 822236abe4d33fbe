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
  'programmes:read',
  'programmes:write',
  'accesses:read',
  'notes:remove',
  'tasks',
  'templates:read',
  'templates:write',
  'templates:approve',
] as const;

export type Scope = (typeof scopes)[number];

/** What a scope allows, for people: who chooses a role reads it. */
export const scopeWords: Readonly<Record<Scope, string>> = {
  'customers:read': 'Find customers and see their records',
  'customers:write': 'Enter and change customers',
  'permissions:read': 'See what customers permitted, and what happened',
  'permissions:write': 'Record what customers permit and refuse',
  'permissions:correct': 'Correct what was recorded',
  decisions: 'Ask whether somebody may be contacted, and why',
  selections: 'Choose whom a mailshot goes to',
  exports: 'Take mailing lists out',
  imports: 'Import old files, and take imports back',
  resets: 'Reset all permissions',
  'reviews:read': 'See whose preferences are due for review',
  'registers:read': 'See how TPS, CTPS, MPS and the do-not-contact list stand',
  'registers:write': 'Record screenings, take off the do-not-contact list',
  'enquiries:read': 'See sales enquiries',
  'enquiries:write': 'Enter sales enquiries and work on them',
  'enquiries:submit': 'Hand in enquiries from a website',
  'policy:read': 'See the policy and the wordings',
  'policy:write': 'Choose the policy, accept website wordings',
  'programmes:read': 'See what customers are reminded of',
  'programmes:write': 'Change what customers are reminded of',
  'notes:remove': 'Remove the text of a note for good',
  tasks: 'See tasks, and hand them on',
  'templates:read': 'See what messages say',
  'templates:write': 'Write what messages say',
  'templates:approve': 'Approve what messages say',
  users: 'Manage staff, their roles and how they sign in',
  'appointments:read': 'See the workshop diary',
  'appointments:write': 'Book cars in',
  'workshop:write': 'Change the hours of the workshop',
  'accesses:read': 'See who looked at whose data',
};

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
  'tasks',
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
  'programmes:read',
  'programmes:write',
  'tasks',
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

/** Answers for the data: what is brought in, what is taken back, who is on a register, how silence is read, who looked. */
const privacy: readonly Scope[] = [
  ...manager,
  'imports',
  'resets',
  'registers:write',
  'policy:write',
  'accesses:read',
  'notes:remove',
];

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

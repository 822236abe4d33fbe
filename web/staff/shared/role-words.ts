import type { Role } from '../../../src/features/users/roles.ts';

/** The roles as people of the trade say them. */
export const roleWords: Readonly<Record<Role, string>> = {
  adviser: 'Service adviser',
  sales: 'Sales',
  marketing: 'Marketing',
  manager: 'Manager',
  privacy: 'Data protection',
  administrator: 'Administrator',
};

import type { Scope } from '../../../src/features/users/roles.ts';

/** The entries of the sidebar, in the order of a day's work. Only what exists, and only to those who may use it. */
export interface NavigationEntry {
  readonly label: string;
  readonly to: '/' | '/customers' | '/mailshots' | '/users';
  readonly scope: Scope | null;
}

export const navigation: readonly NavigationEntry[] = [
  { label: 'Today', to: '/', scope: null },
  { label: 'Customers', to: '/customers', scope: 'customers:read' },
  { label: 'Mailshots', to: '/mailshots', scope: 'selections' },
  { label: 'Staff', to: '/users', scope: 'users' },
];

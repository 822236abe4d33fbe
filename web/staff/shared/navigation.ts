import type { LinkProps } from '@tanstack/react-router';
import type { Scope } from '../../../src/features/users/roles.ts';

/** The entries of the sidebar, in the order of a day's work. Only what exists, and only to those who may use it. */
export interface NavigationEntry {
  readonly label: string;
  readonly to: LinkProps['to'] & string;
  readonly scope: Scope | null;
  /** How many wait behind it. */
  readonly counts?: 'reviews';
}

export const navigation: readonly NavigationEntry[] = [
  { label: 'Today', to: '/', scope: null },
  { label: 'Customers', to: '/customers', scope: 'customers:read' },
  { label: 'Reviews', to: '/reviews', scope: 'reviews:read', counts: 'reviews' },
  { label: 'Mailshots', to: '/mailshots', scope: 'selections' },
  { label: 'Import and upgrade', to: '/imports', scope: 'imports' },
  { label: 'Settings', to: '/settings', scope: 'policy:read' },
  { label: 'Staff', to: '/users', scope: 'users' },
];

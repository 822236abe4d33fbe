import type { LinkProps } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import type { Scope } from '../../../src/features/users/roles.ts';
import { ReviewsWaiting } from './reviews-waiting.tsx';

/** The entries of the sidebar, in the order of a day's work. Only what exists, and only to those who may use it. */
export interface NavigationEntry {
  readonly label: string;
  readonly to: LinkProps['to'] & string;
  readonly scope: Scope | null;
  /** What stands beside the entry, such as how many wait there. */
  readonly Beside?: ComponentType;
}

export const navigation: readonly NavigationEntry[] = [
  { label: 'Today', to: '/', scope: null },
  { label: 'Customers', to: '/customers', scope: 'customers:read' },
  { label: 'Workshop diary', to: '/diary', scope: 'appointments:read' },
  { label: 'Enquiries', to: '/enquiries', scope: 'enquiries:read' },
  { label: 'Tasks', to: '/tasks', scope: 'tasks' },
  { label: 'Reviews', to: '/reviews', scope: 'reviews:read', Beside: ReviewsWaiting },
  { label: 'Contact manager', to: '/contact-manager', scope: 'programmes:read' },
  { label: 'Mailshots', to: '/mailshots', scope: 'selections' },
  { label: 'Import and upgrade', to: '/imports', scope: 'imports' },
  { label: 'Settings', to: '/settings', scope: 'policy:read' },
  { label: 'Who looked', to: '/access-log', scope: 'accesses:read' },
  { label: 'Staff', to: '/users', scope: 'users' },
];

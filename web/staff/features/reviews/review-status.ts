/** Never since the upgrade, due on the day, or past it. */
export const reviewStatuses = ['due', 'overdue', 'never'] as const;
export type ReviewStatus = (typeof reviewStatuses)[number];

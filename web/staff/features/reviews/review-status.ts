/** From today until Sunday, past it, or never since the upgrade. */
export const reviewStatuses = ['this_week', 'overdue', 'never'] as const;
export type ReviewStatus = (typeof reviewStatuses)[number];

/** Under which name each is counted. */
export const countedAs = { this_week: 'thisWeek', overdue: 'overdue', never: 'never' } as const;
export type StatusCounts = Readonly<Record<(typeof countedAs)[ReviewStatus], number>>;

export const statusWords: Readonly<Record<ReviewStatus, string>> = {
  this_week: 'Due this week',
  overdue: 'Overdue',
  never: 'Never asked',
};

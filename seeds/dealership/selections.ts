import type { GivenSelection } from '../../src/features/mailshots/contract.ts';
import { selectionSchema } from '../../src/features/mailshots/contract.ts';
import type { NewSavedSelection } from '../../src/features/mailshots/saved/contract.ts';

function saved(name: string, selection: GivenSelection): NewSavedSelection {
  return { name, selection: selectionSchema.parse(selection) };
}

export const savedSelections: readonly NewSavedSelection[] = [
  saved('Winter health check', {
    channel: 'sms',
    category: 'general_marketing',
    criteria: {
      all: [
        { field: 'make', one_of: ['Ford', 'Vauxhall'] },
        { field: 'first_registered_on', between: ['2016-01-01', '2022-12-31'] },
        { field: 'branch', is: 'SHEF' },
      ],
    },
  }),
  saved('MOT due in the next 30 days', {
    channel: 'letter',
    category: 'service_follow_up',
    criteria: { all: [{ field: 'mot_due_on', within_days: 30 }] },
  }),
  saved('Not here for a year', {
    channel: 'email',
    category: 'general_marketing',
    criteria: { all: [{ field: 'last_contact_on', more_than_days_ago: 365 }] },
  }),
];

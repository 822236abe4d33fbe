import { addDays, londonDateOf } from '../src/domain/london.ts';
import type { GivenSelection } from '../src/features/mailshots/contract.ts';
import type { BenchDealer } from './dealer.ts';
import type { LimitCount } from './select-limit.ts';
import { countBranches, countDueMakes, countEverybody, countService } from './select-limit.ts';

/** One question of the screen, and the statement over the packed tables that answers the same. */
export interface SelectQuestion {
  readonly name: string;
  readonly selection: GivenSelection;
  readonly limit: LimitCount;
}

const daysAhead = 60;
const makes = ['Ford', 'Vauxhall'];

export async function questionsOf({ owner }: BenchDealer): Promise<SelectQuestion[]> {
  const { rows: branches } = await owner.query<{ id: number; code: string }>(
    `select branch.id, branch.code from branch join permission_standing standing on standing.branch_id = branch.id
     group by branch.id order by count(*) desc, branch.id`,
  );
  const [one, ...others] = branches;
  if (one === undefined) throw new Error('There is no branch with customers.');
  const group = [one, ...others.slice(0, 4)];
  const today = londonDateOf(Date.now());
  const until = addDays(today, daysAhead);
  const letters = { channel: 'letter', category: 'general_marketing' } as const;
  return [
    {
      name: 'one branch',
      selection: { ...letters, criteria: { all: [{ field: 'branch', is: one.code }] } },
      limit: countBranches([one.id]),
    },
    {
      name: 'group of five branches',
      selection: {
        ...letters,
        criteria: { all: [{ field: 'branch', one_of: group.map(({ code }) => code) }] },
      },
      limit: countBranches(group.map(({ id }) => id)),
    },
    { name: 'whole base', selection: letters, limit: countEverybody },
    {
      name: 'whole base, about vehicles',
      selection: { channel: 'letter', category: 'service_follow_up' },
      limit: countService,
    },
    {
      name: 'makes with MOT due',
      selection: {
        channel: 'letter',
        category: 'service_follow_up',
        criteria: {
          all: [
            { field: 'make', one_of: makes },
            { field: 'mot_due_on', between: [today, until] },
          ],
        },
      },
      limit: countDueMakes(
        makes.map((make) => make.toLowerCase()),
        today,
        until,
        today,
      ),
    },
  ];
}

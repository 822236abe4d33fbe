import { selectionSchema } from '../../src/features/mailshots/contract.ts';
import { countSelection } from '../../src/features/mailshots/service.ts';
import { changePolicy } from '../../src/features/settings/service.ts';
import { measuredOf } from '../measure.ts';
import type { Scenario, ScenarioOptions, ScenarioReport } from '../scenario.ts';

/**
 * The first count after the policy was changed, with everybody judged again. Twice, to the strict policy and
 * back; apart from the other counts, since with a million customers it takes many minutes.
 */
export const selectColdScenario: Scenario = { name: 'select-cold', run };

const ours = 'count after a policy change';

async function run({ customers, dealer: open }: ScenarioOptions): Promise<ScenarioReport> {
  const { context } = await open();
  const selection = selectionSchema.parse({ channel: 'letter', category: 'general_marketing' });
  const rates: number[] = [];
  for (const policy of ['pecr_strict', 'assume_legitimate_interest'] as const) {
    await changePolicy(context, {
      settings: { policy },
      reason: 'benchmark',
      recordedBy: 'benchmark',
      warningAcceptedBy: 'Bench Mark',
    });
    const startedAt = performance.now();
    const { matching } = await countSelection(context, selection);
    rates.push((1_000 * customers) / (performance.now() - startedAt));
    if (matching !== customers) throw new Error(`Counted ${matching} people, not ${customers}.`);
  }
  return {
    done: `${customers} customers judged again and counted; a unit is a customer`,
    rounds: rates.length,
    measured: [measuredOf(ours, rates, customers)],
    comparisons: [],
  };
}

import { addBranch, addLegalEntity, nameOrganisation } from '../../src/features/branches/service.ts';
import { recordAssessment } from '../../src/features/privacy/service.ts';
import { changePolicy } from '../../src/features/settings/service.ts';
import type { Context } from '../../src/platform/context.ts';
import { pickerAround } from '../places.ts';

/** Hallam Motors: three branches of one legal entity, or of two. Every name in it is made up. */
export const dealer = 'Hallam Motors Ltd';
const sisterCompany = 'Hallam Motors Barnsley Ltd';

const sheffield = { code: 'SHEF', name: 'Sheffield' };
const rotherham = { code: 'ROTH', name: 'Rotherham' };
const barnsley = { code: 'BARN', name: 'Barnsley' };

export const pickHallamPlace = pickerAround({
  Sheffield: sheffield.code,
  Chesterfield: sheffield.code,
  Rotherham: rotherham.code,
  Doncaster: rotherham.code,
  Barnsley: barnsley.code,
});

export interface Organisation {
  /** The legal entity that a customer of a branch deals with. */
  readonly dealerOf: (branch: string) => string;
  readonly legalEntityIds: readonly number[];
}

export async function openOrganisation(context: Context, legalEntities: 1 | 2): Promise<Organisation> {
  await nameOrganisation(context, { legalEntity: dealer, branch: sheffield });
  const first = await addLegalEntity(context, dealer);
  const second = legalEntities === 2 ? await addLegalEntity(context, sisterCompany) : first;
  await addBranch(context, { legalEntityId: first, ...rotherham });
  await addBranch(context, { legalEntityId: second, ...barnsley });
  return {
    legalEntityIds: [...new Set([first, second])],
    dealerOf: (branch) => (legalEntities === 2 && branch === barnsley.code ? sisterCompany : dealer),
  };
}

/**
 * Chooses the strict policy and records the assessment that letters and calls rest on.
 *
 * @param reviewOn the local date on which the assessment is looked at again.
 */
export async function choosePolicy(
  context: Context,
  { legalEntityIds }: Organisation,
  reviewOn: string,
): Promise<void> {
  await changePolicy(context, {
    settings: { policy: 'pecr_strict' },
    reason: 'The demonstration dealership shows the strict policy.',
    recordedBy: 'demonstration',
  });
  for (const legalEntityId of legalEntityIds) {
    await recordAssessment(context, {
      legalEntityId,
      channels: ['letter', 'live_call'],
      categories: ['service_follow_up', 'general_marketing'],
      purpose: 'Remind customers of the MOT and service of their car, and tell them of offers.',
      necessity: 'Customers who were never asked can be reached in no less intrusive way.',
      balance:
        'Customers of a garage expect a letter when their car is due, and every letter says how to stop.',
      approvedBy: 'Data protection lead of the demonstration',
      reviewOn,
    });
  }
}

import { randomUUID } from 'node:crypto';
import { approveDraft, writeDraft } from '../../src/features/wordings/drafts/service.ts';
import type { CounterWording } from '../../src/features/wordings/service.ts';
import { adviser } from './customers.ts';
import type { TestApi } from './http.ts';
import { givenStaff } from './staff.ts';

/** Another wording of the counter and the phone, approved by somebody, and read out from now on. */
export async function readOutFromNow(
  context: TestApi['context'],
  draft: { readonly text: string; readonly phoneText?: string; readonly legalEntity?: string },
): Promise<CounterWording> {
  const id = await givenStaff(context, `approver-${randomUUID().slice(-12)}`, { role: 'privacy' });
  const { version } = await writeDraft(context, { ...draft, expectedVersion: 0 }, adviser);
  const { legalEntity } = draft;
  const chosen = { expectedVersion: version, ...(legalEntity === undefined ? {} : { legalEntity }) };
  return approveDraft(context, chosen, { kind: 'staff', id });
}

import { displayNameOf } from '../../../domain/person-name.ts';
import { NotFoundError } from '../../../platform/application-error.ts';
import type { Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { findStuck, setDue } from './store.ts';

/**
 * Enquiries from a website that could not be filed.
 * Guarantees that a visitor who waits for an answer is seen by people, whatever is wrong with what they sent.
 */
export interface LeadFault {
  readonly reference: string;
  readonly receivedAt: number;
  readonly attempts: number;
  readonly nextAttemptAt: number;
  readonly displayName: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly vehicleOfInterest: string | null;
}

/** More than a person reads through. */
const shownMax = 50;

/** Those that wait, the earliest first. */
export async function leadFaults(context: Context): Promise<LeadFault[]> {
  const rows = await findStuck(context.database.db, shownMax);
  return rows.map(({ id, lead, ...row }) => ({
    reference: id,
    ...row,
    displayName: displayNameOf(lead.visitor),
    phone: lead.visitor.phone,
    email: lead.visitor.email,
    vehicleOfInterest: lead.vehicleOfInterest,
  }));
}

/** Has one tried again within seconds. Throws NotFoundError where none waits by this reference. */
export async function tryLeadAgain(context: Context, id: string): Promise<void> {
  if (await setDue(context.database.db, id, nowOf(context))) return;
  throw new NotFoundError(
    'No enquiry from the website waits by this reference: it is filed, or never came.',
    {
      code: 'lead-not-found',
    },
  );
}

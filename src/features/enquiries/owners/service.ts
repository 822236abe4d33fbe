import { InvalidError } from '../../../platform/application-error.ts';
import type { Context } from '../../../platform/context.ts';
import { staffWho } from '../../users/service.ts';

/** Staff who can answer for an enquiry: whoever may work with enquiries and is not shut out. */
export interface EnquiryOwner {
  readonly id: string;
  readonly fullName: string;
}

/** By name. */
export async function listOwners(context: Context): Promise<EnquiryOwner[]> {
  return staffWho(context, 'enquiries:write');
}

/** Throws InvalidError for somebody who is not one. */
export async function requireOwner(context: Context, id: string): Promise<void> {
  if ((await listOwners(context)).some((each) => each.id === id)) return;
  throw new InvalidError('Nobody with this id can answer for an enquiry: choose one of the list.', {
    field: 'ownerId',
  });
}

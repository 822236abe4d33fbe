import { z } from 'zod';

/** Who can answer for an enquiry. */
export const ownersSchema = z
  .object({
    owners: z.array(z.object({ id: z.uuid(), fullName: z.string() }).meta({ id: 'EnquiryOwner' })),
  })
  .meta({ id: 'EnquiryOwners' });

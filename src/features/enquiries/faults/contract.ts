import { z } from 'zod';

/** Enquiries from a website that could not be filed yet: what people see of them, and trying again. */
export const leadFaultsSchema = z
  .object({
    faults: z.array(
      z
        .object({
          reference: z.uuid().describe('As the website was told it; also in the log.'),
          receivedAt: z.iso.datetime(),
          attempts: z.int(),
          nextAttemptAt: z.iso.datetime(),
          displayName: z.string().describe('Of the visitor, as typed.'),
          phone: z.string().nullable(),
          email: z.string().nullable(),
          vehicleOfInterest: z.string().nullable(),
        })
        .meta({ id: 'LeadFault' }),
    ),
  })
  .meta({ id: 'LeadFaults' });

export const leadFaultParams = z.object({
  id: z.uuid().toLowerCase().describe('The reference of the lead.'),
});

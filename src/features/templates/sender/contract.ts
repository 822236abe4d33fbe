import { z } from 'zod';

/** Who messages are from, and who may approve what they say. */
const line = z.string().trim().min(1).max(120);

export const senderChangeSchema = z
  .strictObject({
    shortName: line.max(40).nullable().describe('What customers call the dealer; texts begin with it.'),
    address: z.array(line).max(6).describe('The postal address, line by line.'),
    telephone: z
      .string()
      .trim()
      .regex(/^[+\d][\d ]{6,20}$/, 'Write a telephone number, such as 0114 496 0123.')
      .nullable()
      .describe('What calls show, and what customers ring back.'),
    email: z.email().max(254).nullable(),
    secondPerson: z
      .boolean()
      .describe('A version of a template is approved by somebody who did not write it.'),
  })
  .meta({ id: 'MessageSenderChange' });
export type SenderChange = z.infer<typeof senderChangeSchema>;

export const senderSchema = z
  .object({
    name: z.string().describe('The full name of the legal entity.'),
    ...senderChangeSchema.shape,
    telephone: z.string().nullable(),
    email: z.string().nullable(),
    version: z.int().describe('Also the ETag; 0 while nobody has written it.'),
    missing: z.array(z.string()).describe('What has to be written before marketing can leave.'),
  })
  .meta({ id: 'MessageSender' });
/** @public for the browser */
export type MessageSender = z.output<typeof senderSchema>;

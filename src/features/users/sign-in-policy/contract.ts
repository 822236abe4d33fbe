import { z } from 'zod';
import { roleSchema } from '../contract.ts';

/** What is asked of whom at sign-in. */
export const signInPolicySchema = z
  .object({
    secondFactorRoles: z.array(roleSchema).describe('Roles that need a second factor.'),
    setAt: z.iso.datetime(),
    setBy: z.string().describe('Who chose it, by name.'),
    version: z.int().describe('Also the ETag.'),
  })
  .meta({ id: 'SignInPolicy' });
/** @public for the browser */
export type SignInPolicy = z.infer<typeof signInPolicySchema>;

export const signInPolicyChangesSchema = z
  .strictObject({ secondFactorRoles: z.array(roleSchema).max(6) })
  .meta({ id: 'SignInPolicyChanges' });
/** @public for the browser */
export type SignInPolicyChanges = z.infer<typeof signInPolicyChangesSchema>;

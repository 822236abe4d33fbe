import { z } from 'zod';

/** A link by which somebody chooses a new password, once. */
const token = z.string().min(1).max(200).describe('What follows # in the link. Never part of an address.');

export const passwordResetSchema = z
  .object({
    token: token.describe('What follows # in the link to hand over. Shown once.'),
    validUntil: z.iso.datetime(),
  })
  .meta({ id: 'PasswordReset' });
/** @public for the browser */
export type PasswordReset = z.infer<typeof passwordResetSchema>;

export const resetCheckSchema = z.strictObject({ token }).meta({ id: 'PasswordResetCheck' });
export const resetStateSchema = z
  .object({
    username: z.string().describe('Whose password it is for.'),
    validUntil: z.iso.datetime(),
  })
  .meta({ id: 'PasswordResetState' });
/** @public for the browser */
export type PasswordResetState = z.infer<typeof resetStateSchema>;

export const passwordChoiceSchema = z
  .strictObject({ token, password: z.string().max(1_000) })
  .meta({ id: 'PasswordChoice' });
/** @public for the browser */
export type PasswordChoice = z.infer<typeof passwordChoiceSchema>;

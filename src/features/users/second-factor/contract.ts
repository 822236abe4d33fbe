import { z } from 'zod';

/** The second factor of whoever is signed in. */
const password = z.string().min(1).max(1_000).describe('The password signed in with.');
const code = z.string().min(1).max(40).describe('Six digits, or a recovery code.');

export const secondFactorSchema = z
  .object({
    since: z.iso.datetime().nullable().describe('Null where a password alone is enough.'),
    recoveryCodesLeft: z.int(),
  })
  .meta({ id: 'SecondFactor' });
/** @public for the browser */
export type SecondFactor = z.infer<typeof secondFactorSchema>;

export const secondFactorBeginningSchema = z
  .strictObject({ password, code: code.optional().describe('Where there is a second factor already.') })
  .meta({ id: 'SecondFactorBeginning' });
/** @public for the browser */
export type SecondFactorBeginning = z.infer<typeof secondFactorBeginningSchema>;

export const pendingFactorSchema = z
  .object({
    secret: z.string().describe('To be typed into a telephone that reads no codes. Shown once.'),
    uri: z.string().describe('The same for a QR code (otpauth). Shown once.'),
  })
  .meta({ id: 'PendingSecondFactor' });
/** @public for the browser */
export type PendingFactor = z.infer<typeof pendingFactorSchema>;

export const secondFactorConfirmationSchema = z
  .strictObject({ code: code.describe('The first six digits that the telephone shows.') })
  .meta({ id: 'SecondFactorConfirmation' });

export const secondFactorProofSchema = z.strictObject({ password, code }).meta({ id: 'SecondFactorProof' });
/** @public for the browser */
export type SecondFactorProof = z.infer<typeof secondFactorProofSchema>;

export const recoveryCodesSchema = z
  .object({ recoveryCodes: z.array(z.string()).describe('Each lets in once. Shown once.') })
  .meta({ id: 'RecoveryCodes' });
/** @public for the browser */
export type RecoveryCodes = z.infer<typeof recoveryCodesSchema>;

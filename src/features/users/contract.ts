import { z } from 'zod';
import { nextCursorSchema, pageQuery } from '../../platform/http-paging.ts';
import { branchSchema } from '../branches/contract.ts';
import { roles } from './roles.ts';

/** Staff, their sessions and the first set-up, as the API shows them. */
export const roleSchema = z.enum(roles).meta({ id: 'Role', description: 'What they may do.' });

// Limits only: the rules, with a sentence for each, are the service's.
const username = z.string().max(200);
const fullName = z.string().max(400);
const password = z.string().max(1_000);

export const signInSchema = z
  .strictObject({
    username: username.min(1),
    password: password.min(1),
    code: z
      .string()
      .min(1)
      .max(40)
      .optional()
      .describe(
        'Six digits of the second factor, or a recovery code; asked for with the problem `code-needed`.',
      ),
  })
  .meta({ id: 'SignIn' });
/** @public for the browser */
export type SignIn = z.infer<typeof signInSchema>;

export const sessionSchema = z
  .object({
    user: z.object({ id: z.uuid(), username: z.string(), fullName: z.string(), role: roleSchema }),
    branch: branchSchema.describe('The branch worked at.'),
    scopes: z.array(z.string()).describe('What the role allows.'),
    secondFactor: z
      .object({
        isOn: z.boolean().describe('Whether this account has a second factor.'),
        isMissing: z
          .boolean()
          .describe('The role needs one that is not there: until it is, this session may do nothing else.'),
      })
      .meta({ id: 'SecondFactorState' }),
    demo: z.boolean().describe('True in the demonstration dealership: made-up people, nothing is ever sent.'),
    dealer: z
      .object({ name: z.string() })
      .describe('The legal entity (the controller) that the branch belongs to.'),
  })
  .meta({ id: 'Session' });
/** @public for the browser */
export type Session = z.infer<typeof sessionSchema>;

export const sessionChangesSchema = z
  .strictObject({ branch: z.string().min(1).max(200).describe('Code or name of the branch worked at.') })
  .meta({ id: 'SessionChanges' });
/** @public for the browser */
export type SessionChanges = z.infer<typeof sessionChangesSchema>;

export const passwordChangeSchema = z
  .strictObject({ currentPassword: password.min(1), newPassword: password })
  .meta({ id: 'PasswordChange' });
/** @public for the browser */
export type PasswordChange = z.infer<typeof passwordChangeSchema>;

const token = z.string().min(1).max(200).describe('What follows # in the link. Never part of an address.');

export const setUpCheckSchema = z.strictObject({ token }).meta({ id: 'SetUpCheck' });
export const setUpStateSchema = z
  .object({ validUntil: z.iso.datetime(), dealer: z.object({ name: z.string() }) })
  .meta({ id: 'SetUpState' });
/** @public for the browser */
export type SetUpState = z.infer<typeof setUpStateSchema>;

export const setUpSchema = z.strictObject({ token, username, fullName, password }).meta({ id: 'SetUp' });
/** @public for the browser */
export type SetUp = z.infer<typeof setUpSchema>;

export const userSchema = z
  .object({
    id: z.uuid(),
    username: z.string(),
    fullName: z.string(),
    role: roleSchema,
    branch: branchSchema.nullable().describe('Where they usually work; null for nowhere in particular.'),
    email: z
      .string()
      .nullable()
      .describe('By which the provider of OpenID Connect knows them the first time; nothing is sent there.'),
    isJoined: z
      .boolean()
      .describe('They signed in with the provider; from then on what it calls them counts, and no address.'),
    createdAt: z.iso.datetime(),
    lastSignedInAt: z.iso.datetime().nullable(),
    disabledAt: z.iso.datetime().nullable().describe('Since when they may not sign in; null while they may.'),
    secondFactorSince: z.iso.datetime().nullable().describe('Null where a password alone is enough.'),
    resetUntil: z.iso
      .datetime()
      .nullable()
      .describe(
        'Until when they may choose a new password by the link of a reset; null where there is none.',
      ),
    version: z.int().describe('Also the ETag.'),
  })
  .meta({ id: 'User' });
/** @public for the browser */
export type User = z.infer<typeof userSchema>;

export const userPageSchema = z
  .object({ users: z.array(userSchema), nextCursor: nextCursorSchema })
  .meta({ id: 'UserPage' });
/** @public for the browser */
export type UserPage = z.infer<typeof userPageSchema>;

export const rolesSchema = z
  .object({
    roles: z.array(roleSchema),
    duties: z.array(
      z
        .object({
          scope: z.string(),
          allows: z.string().describe('What it allows, in words.'),
          roles: z.array(roleSchema).describe('Who may do it.'),
        })
        .meta({ id: 'Duty' }),
    ),
  })
  .meta({ id: 'Roles' });
/** @public for the browser */
export type Roles = z.infer<typeof rolesSchema>;

export const userQuery = z.strictObject(pageQuery);

const branch = z.string().min(1).max(200).nullable().describe('Code or name; null for none in particular.');

const email = z.string().min(1).max(400).nullable();

export const newUserSchema = z
  .strictObject({
    username,
    fullName,
    role: roleSchema,
    branch: branch.default(null),
    email: email.default(null),
    password: password
      .nullable()
      .default(null)
      .describe('Left out: nobody signs in with one until it is chosen by the link of a password reset.'),
  })
  .meta({ id: 'NewUser' });
/** @public for the browser */
export type NewUser = z.input<typeof newUserSchema>;

export const userChangesSchema = z
  .strictObject({
    fullName: fullName.optional(),
    role: roleSchema.optional(),
    branch: branch.optional(),
    email: email.optional().describe('Another one parts the account from whom it was joined with.'),
    disabled: z.boolean().optional().describe('True ends every session of theirs.'),
    password: password.optional().describe('A new password; it ends every session of theirs.'),
  })
  .meta({ id: 'UserChanges' });
/** @public for the browser */
export type UserChanges = z.infer<typeof userChangesSchema>;

export const userParams = z.strictObject({ id: z.uuid().describe('The id of the member of staff.') });

import { z } from 'zod';
import { userParams } from '../contract.ts';

/** Where somebody is signed in. */
const openSessionSchema = z
  .object({
    id: z.uuid(),
    browser: z.string().describe('In words, such as Chrome on Windows.'),
    method: z
      .enum(['password', 'password and code', 'password and recovery code', 'provider'])
      .describe('How they proved who they are.'),
    branch: z.string().describe('The branch worked at, by name.'),
    signedInAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().describe('To the minute.'),
    endsAt: z.iso.datetime(),
    isCurrent: z.boolean().describe('Whether it is the session that asks.'),
  })
  .meta({ id: 'OpenSession' });
/** @public for the browser */
export type OpenSession = z.infer<typeof openSessionSchema>;

export const openSessionsSchema = z
  .object({ sessions: z.array(openSessionSchema) })
  .meta({ id: 'OpenSessions' });
/** @public for the browser */
export type OpenSessions = z.infer<typeof openSessionsSchema>;

const sessionId = z.uuid().describe('The id of the session.');
export const ownSessionParams = z.strictObject({ sessionId });
export const userSessionParams = userParams.extend({ sessionId });

export const endedSessionsSchema = z
  .object({ ended: z.int().describe('How many sessions ended.') })
  .meta({ id: 'EndedSessions' });

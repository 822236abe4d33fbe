import { z } from 'zod';

/** What the sign-in page offers. */
export const signInOptionsSchema = z
  .object({
    provider: z
      .object({ name: z.string().describe('As people call it: "Sign in with …".') })
      .nullable()
      .describe('Null where there is none; otherwise a browser is sent to `/provider/sign-in`.'),
    passwords: z
      .enum(['everybody', 'emergency'])
      .describe('Who may sign in by password: everybody, or the emergency administrator alone.'),
  })
  .meta({ id: 'SignInOptions' });
/** @public for the browser */
export type SignInOptions = z.infer<typeof signInOptionsSchema>;

import { toTimestamp } from '../../../platform/database.ts';
import { expectedVersion, writeEntityTag } from '../../../platform/entity-tag.ts';
import type { Routes } from '../../../platform/http.ts';
import { problems } from '../../../platform/http-problem.ts';
import { signInPolicyChangesSchema, signInPolicySchema } from './contract.ts';
import type { SignInPolicyInForce } from './service.ts';
import { changeSignInPolicy, readSignInPolicy } from './service.ts';

const tags = ['Staff'];

export const signInPolicyRoutes: Routes = (app) => {
  app.get(
    '/sign-in-policy',
    {
      config: { access: ['users'] },
      schema: {
        operationId: 'readSignInPolicy',
        summary: 'Of which roles a second factor is asked',
        tags,
        response: { 200: signInPolicySchema, ...problems() },
      },
    },
    async ({ context }, reply) => {
      const policy = await readSignInPolicy(context);
      writeEntityTag(reply, policy.version);
      return present(policy);
    },
  );
  app.patch(
    '/sign-in-policy',
    {
      config: { access: ['users'] },
      schema: {
        operationId: 'changeSignInPolicy',
        summary: 'Ask some roles for a second factor',
        description:
          'Counts at once: who has such a role and no second factor can do nothing but add one, until it is there.',
        tags,
        body: signInPolicyChangesSchema,
        response: { 200: signInPolicySchema, ...problems(400, 412, 428) },
      },
    },
    async (request, reply) => {
      const { context, actor, body } = request;
      await changeSignInPolicy(context, body, { expectedVersion: expectedVersion(request), actor });
      const policy = await readSignInPolicy(context);
      writeEntityTag(reply, policy.version);
      return present(policy);
    },
  );
};

function present({ setAt, ...policy }: SignInPolicyInForce) {
  return { ...policy, setAt: toTimestamp(setAt) };
}

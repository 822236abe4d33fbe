import { validate as isUuid } from 'uuid';
import type { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { toTimestamp } from '../../platform/database.ts';
import type { Routes, RoutesApp } from '../../platform/http.ts';
import { problems } from '../../platform/http-problem.ts';
import { actorNames } from '../users/service.ts';
import { policyChangeSchema, policyQuery, policySchema, policyVersionsSchema } from './contract.ts';
import type { PolicyVersion } from './service.ts';
import { changePolicy, policyAt, policyHistory } from './service.ts';

const tags = ['Policy'];

export const policyRoutes: Routes = (app) => {
  routeRead(app);
  routeChange(app);
  routeVersions(app);
};

function routeRead(app: RoutesApp): void {
  app.get(
    '/policy',
    {
      config: { access: ['policy:read'] },
      schema: {
        operationId: 'readPolicy',
        summary: 'The policy in force',
        description: 'The names of those who chose it stay in the register of the dealer.',
        tags,
        querystring: policyQuery,
        response: { 200: policySchema, ...problems() },
      },
    },
    async ({ context, query }) =>
      present(await policyAt(context, query.asOf === undefined ? undefined : Date.parse(query.asOf))),
  );
}

function routeChange(app: RoutesApp): void {
  app.put(
    '/policy',
    {
      config: { access: ['policy:write'] },
      schema: {
        operationId: 'changePolicy',
        summary: 'Choose the policy',
        description:
          'Adds a version; the facts stay as they are and are judged by it from then on. assume_legitimate_interest ' +
          'without warningAcceptedBy is answered 422 `warning-not-accepted` with the warning in detail: show it, ' +
          'and send the full name of the person who accepts it.',
        tags,
        body: policyChangeSchema,
        response: { 200: policySchema, ...problems(400) },
      },
    },
    async ({ context, actor, body }) => {
      const { effectiveAt, settings, reason, warningAcceptedBy } = body;
      const changed = await changePolicy(context, {
        settings,
        reason,
        recordedBy: actor.id ?? actor.kind,
        warningAcceptedBy: warningAcceptedBy ?? null,
        ...(effectiveAt === undefined ? {} : { effectiveAt: Date.parse(effectiveAt) }),
      });
      return present(changed);
    },
  );
}

function routeVersions(app: RoutesApp): void {
  app.get(
    '/policy/versions',
    {
      config: { access: ['policy:read'] },
      schema: {
        operationId: 'listPolicyVersions',
        summary: 'Every version of the policy, newest first',
        tags,
        response: { 200: policyVersionsSchema, ...problems() },
      },
    },
    async ({ context, scopes }) => {
      const { id } = await policyAt(context);
      const mayChoose = scopes.includes('policy:write');
      const versions = (await policyHistory(context)).toReversed();
      const names = await namesOf(context, versions);
      return {
        versions: versions.map((version) => ({
          ...present(version),
          inForce: version.id === id,
          recordedBy: version.recordedBy,
          recordedByName: mayChoose ? (names.get(version.recordedBy) ?? null) : null,
          warningAcceptedBy: mayChoose ? version.warningAcceptedBy : null,
        })),
      };
    },
  );
}

/** By id; the command line has recorded whole names here, which are what they are. */
async function namesOf(
  context: Context,
  versions: readonly PolicyVersion[],
): Promise<ReadonlyMap<string, string>> {
  const recorded = versions.map(({ recordedBy }) => recordedBy);
  const isName = (id: string): boolean => id.includes(' ') && !isUuid(id);
  const names = await actorNames(
    context,
    recorded.filter((id) => !isName(id)),
  );
  return new Map([...names, ...recorded.filter(isName).map((name) => [name, name] as const)]);
}

function present(policy: PolicyVersion): z.output<typeof policySchema> {
  return {
    version: policy.id,
    settings: policy.settings,
    effectiveAt: toTimestamp(policy.effectiveAt),
    nextEffectiveAt: policy.nextEffectiveAt === null ? null : toTimestamp(policy.nextEffectiveAt),
    chosenExplicitly: policy.chosenExplicitly,
    reason: policy.reason,
    recordedAt: toTimestamp(policy.recordedAt),
  };
}

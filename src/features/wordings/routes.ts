import { z } from 'zod';
import type { Actor, Context } from '../../platform/context.ts';
import { toTimestamp } from '../../platform/database.ts';
import type { Routes, RoutesApp } from '../../platform/http.ts';
import { problems } from '../../platform/http-problem.ts';
import { policyAt } from '../settings/service.ts';
import { actorNames } from '../users/service.ts';
import {
  chosenDraftSchema,
  newWordingDraftSchema,
  wordingDraftSchema,
  wordingListSchema,
  wordingVersionSchema,
} from './contract.ts';
import type { WordingDraft } from './drafts/service.ts';
import {
  approveDraft,
  approversOf,
  discardDraft,
  listDrafts,
  whyNotApprovable,
  writeDraft,
} from './drafts/service.ts';
import type { CounterWording } from './service.ts';
import { listCounterWordings, spokenText, timesRead } from './service.ts';

const tags = ['Wordings'];

export const wordingRoutes: Routes = (app) => {
  routeList(app);
  routeWrite(app);
  routeApprove(app);
  routeDiscard(app);
};

function routeList(app: RoutesApp): void {
  app.get(
    '/wordings',
    {
      config: { access: ['policy:read', 'permissions:read'] },
      schema: {
        operationId: 'listWordings',
        summary:
          'What is read out at the counter and on the phone, with every version before it, and the drafts',
        tags,
        response: { 200: wordingListSchema, ...problems() },
      },
    },
    async ({ context, actor }) => {
      const [versions, drafts, approvers, { settings }] = await Promise.all([
        listCounterWordings(context),
        listDrafts(context),
        approversOf(context),
        policyAt(context),
      ]);
      return {
        wordings: await presentVersions(context, versions),
        drafts: await presentDrafts(context, drafts, actor),
        askedCompanies: [...settings.askedCompanies],
        approval: approvers.isSecondNeeded
          ? 'A draft is approved by somebody other than its author.'
          : 'Whoever may change the policy may approve a draft, its author too.',
      };
    },
  );
}

function routeWrite(app: RoutesApp): void {
  app.post(
    '/wordings/drafts',
    {
      config: { access: ['policy:write'] },
      schema: {
        operationId: 'writeWordingDraft',
        summary: 'Write what will be read out',
        description: 'Nobody is read it before it is approved. It replaces the draft of the legal entity.',
        tags,
        body: newWordingDraftSchema,
        response: { 201: wordingDraftSchema, ...problems(400, 409) },
      },
    },
    async ({ context, actor, body }, reply) => {
      const [written] = await presentDrafts(context, [await writeDraft(context, body, actor)], actor);
      if (written === undefined) throw new Error('A draft was written but not returned.');
      reply.code(201);
      return written;
    },
  );
}

function routeApprove(app: RoutesApp): void {
  app.post(
    '/wordings/drafts::approve',
    {
      config: { access: ['policy:write'] },
      schema: {
        operationId: 'approveWordingDraft',
        summary: 'Approve a draft, so that it is read out from its day on',
        description:
          'By a person who is signed in, never by an API key; by somebody other than its author where the policy says ' +
          'so. Versions before it stay as they are: what was agreed to on them can still be shown.',
        tags,
        body: chosenDraftSchema,
        response: { 201: wordingVersionSchema, ...problems(400, 404, 409) },
      },
    },
    async ({ context, actor, body }, reply) => {
      const [approved] = await presentVersions(context, [await approveDraft(context, body, actor)]);
      if (approved === undefined) throw new Error('A wording was approved but not returned.');
      reply.code(201);
      return approved;
    },
  );
}

function routeDiscard(app: RoutesApp): void {
  app.post(
    '/wordings/drafts::discard',
    {
      config: { access: ['policy:write'] },
      schema: {
        operationId: 'discardWordingDraft',
        summary: 'Throw a draft away',
        tags,
        body: chosenDraftSchema,
        response: { 204: z.null().describe('It is gone.'), ...problems(400, 404, 409) },
      },
    },
    async ({ context, body }, reply) => {
      await discardDraft(context, body);
      reply.code(204);
      return null;
    },
  );
}

async function presentVersions(
  context: Context,
  versions: readonly CounterWording[],
): Promise<z.output<typeof wordingVersionSchema>[]> {
  const ids = versions.flatMap(({ recordedBy, approvedBy }) => [recordedBy ?? [], approvedBy ?? []].flat());
  const [names, counts] = await Promise.all([actorNames(context, ids), timesRead(context)]);
  const nameOf = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? id));
  return versions.map((version) => {
    const read = counts.find(
      (count) => count.legalEntityId === version.legalEntityId && count.version === version.version,
    );
    return {
      version: version.version,
      text: version.text,
      phoneText: version.phoneText ?? version.text,
      example: spokenText(version, 'counter', 'Focus'),
      phoneExample: spokenText(version, 'phone', 'Focus'),
      inForceFrom: toTimestamp(version.inForceFrom),
      inForce: version.inForce,
      legalEntity: version.legalEntity,
      recordedAt: toTimestamp(version.recordedAt),
      recordedBy: nameOf(version.recordedBy),
      approvedAt: version.approvedAt === null ? null : toTimestamp(version.approvedAt),
      approvedBy: nameOf(version.approvedBy),
      timesRead: read?.times ?? 0,
      timesReadByPhone: read?.byPhone ?? 0,
    };
  });
}

async function presentDrafts(
  context: Context,
  drafts: readonly WordingDraft[],
  actor: Actor,
): Promise<z.output<typeof wordingDraftSchema>[]> {
  const [names, approvers] = await Promise.all([
    actorNames(
      context,
      drafts.map(({ writtenBy }) => writtenBy),
    ),
    approversOf(context),
  ]);
  return drafts.map((draft) => {
    const whyNot = whyNotApprovable(draft, actor, approvers);
    return {
      legalEntity: draft.legalEntity,
      text: draft.text,
      phoneText: draft.phoneText,
      inForceFrom: draft.inForceFrom === null ? null : toTimestamp(draft.inForceFrom),
      writtenBy: names.get(draft.writtenBy) ?? draft.writtenBy,
      writtenAt: toTimestamp(draft.writtenAt),
      version: draft.version,
      approvable: whyNot === null,
      whyNot,
    };
  });
}

import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { toTimestamp } from '../../platform/database.ts';
import { expectedVersion, writeEntityTag } from '../../platform/entity-tag.ts';
import type { Routes, RoutesApp } from '../../platform/http.ts';
import { requireScope } from '../../platform/http-access.ts';
import { problems } from '../../platform/http-problem.ts';
import { actorNames } from '../users/service.ts';
import {
  approvalSchema,
  draftSchema,
  newTemplateSchema,
  previewRequestSchema,
  previewSchema,
  templateListSchema,
  templateParams,
  templateSchema,
} from './contract.ts';
import { previewTemplate } from './preview/service.ts';
import type { StoredTemplate, TemplateVersion } from './service.ts';
import {
  addTemplate,
  approveTemplate,
  discardDraft,
  listTemplates,
  readTemplate,
  writeDraft,
} from './service.ts';

const tags = ['Templates'];
const params = templateParams;

export const templateRoutes: Routes = (app) => {
  routeReading(app);
  routeAdd(app);
  routeDraft(app);
  routeApprove(app);
  routePreview(app);
};

function routeReading(app: RoutesApp): void {
  app.get(
    '/templates',
    {
      config: { access: ['templates:read'] },
      schema: {
        operationId: 'listTemplates',
        summary: 'What messages say, by name',
        tags,
        response: { 200: templateListSchema, ...problems() },
      },
    },
    async ({ context }) => ({ templates: (await listTemplates(context)).map(summaryOf) }),
  );
  app.get(
    '/templates/:id',
    {
      config: { access: ['templates:read'] },
      schema: {
        operationId: 'readTemplate',
        summary: 'One template, with every version',
        tags,
        params,
        response: { 200: templateSchema, ...problems(404) },
      },
    },
    async ({ context, params: { id } }, reply) => answer(context, reply, await readTemplate(context, id)),
  );
}

function routeAdd(app: RoutesApp): void {
  app.post(
    '/templates',
    {
      config: { access: ['templates:write'] },
      schema: {
        operationId: 'addTemplate',
        summary: 'Add a template with a first draft',
        tags,
        body: newTemplateSchema,
        response: { 201: templateSchema, ...problems(400, 409) },
      },
    },
    async ({ context, body, actor }, reply) => {
      const added = await addTemplate(context, body, actor);
      reply.code(201).header('location', `/api/v1/templates/${added.id}`);
      return answer(context, reply, added);
    },
  );
}

function routeDraft(app: RoutesApp): void {
  app.put(
    '/templates/:id/draft',
    {
      config: { access: ['templates:write'] },
      schema: {
        operationId: 'writeTemplateDraft',
        summary: 'Begin or change the draft of the next version',
        description: 'What is approved stays as it is, and is sent until the draft is approved.',
        tags,
        params,
        body: draftSchema,
        response: { 200: templateSchema, ...problems(400, 404, 409, 412, 428) },
      },
    },
    async (request, reply) => {
      const { context, actor, body } = request;
      const by = { actor, expectedVersion: expectedVersion(request) };
      return answer(context, reply, await writeDraft(context, request.params.id, body, by));
    },
  );
  app.delete(
    '/templates/:id/draft',
    {
      config: { access: ['templates:write'] },
      schema: {
        operationId: 'discardTemplateDraft',
        summary: 'Throw the draft away',
        tags,
        params,
        response: { 200: templateSchema, ...problems(404, 409, 412, 428) },
      },
    },
    async (request, reply) => {
      const { context, actor } = request;
      const by = { actor, expectedVersion: expectedVersion(request) };
      return answer(context, reply, await discardDraft(context, request.params.id, by));
    },
  );
}

function routeApprove(app: RoutesApp): void {
  app.post(
    '/templates/:id(.+)::approve',
    {
      config: { access: ['templates:approve'] },
      schema: {
        operationId: 'approveTemplate',
        summary: 'Approve the draft: from now on it is what is sent',
        description: 'By somebody who did not write it, unless the dealer chose otherwise.',
        tags,
        params,
        body: approvalSchema,
        response: { 200: templateSchema, ...problems(400, 404, 409, 412, 428) },
      },
    },
    async (request, reply) => {
      const { context, actor, body } = request;
      const by = { actor, expectedVersion: expectedVersion(request) };
      return answer(context, reply, await approveTemplate(context, request.params.id, body, by));
    },
  );
}

function routePreview(app: RoutesApp): void {
  app.post(
    '/templates::preview',
    {
      config: { access: ['templates:read'], repeatable: true },
      schema: {
        operationId: 'previewTemplate',
        summary: 'Show a message as one customer would get it',
        description: 'Nothing is kept and nothing leaves. On a real customer it needs `customers:read`, too.',
        tags,
        body: previewRequestSchema,
        response: { 200: previewSchema, ...problems(400, 404) },
      },
    },
    async (request) => {
      if (request.body.customer !== null) requireScope(request, ['customers:read']);
      const { faults, promotion, sms, ...shown } = await previewTemplate(
        request.context,
        request.body,
        request.actor,
      );
      return {
        ...shown,
        faults: [...faults],
        promotion: [...promotion],
        sms: sms === null ? null : { ...sms, forcedBy: [...sms.forcedBy] },
      };
    },
  );
}

async function answer(
  context: Context,
  reply: FastifyReply,
  template: StoredTemplate,
): Promise<z.output<typeof templateSchema>> {
  writeEntityTag(reply, template.version);
  const people = template.versions.flatMap(({ writtenBy, approvedBy }) =>
    [writtenBy ?? [], approvedBy ?? []].flat(),
  );
  const names = await actorNames(context, people);
  return { ...summaryOf(template), versions: template.versions.map((version) => present(version, names)) };
}

function summaryOf({ versions, ...template }: StoredTemplate) {
  const open = versions.find(({ approvedAt }) => approvedAt === null)?.state;
  return {
    ...template,
    inForce: versions.find(({ state }) => state === 'in_force')?.number ?? null,
    draft: open === 'held' || open === 'draft' ? open : null,
  };
}

function present(version: TemplateVersion, names: ReadonlyMap<string, string>) {
  const { writtenBy, approvedBy, writtenAt, approvedAt, promotion, faults, acceptedPhrases } = version;
  return {
    ...version,
    promotion: [...promotion],
    faults: [...faults],
    acceptedPhrases: [...acceptedPhrases],
    writtenBy: writtenBy === null ? null : (names.get(writtenBy) ?? writtenBy),
    writtenAt: toTimestamp(writtenAt),
    approvedBy: approvedBy === null ? null : (names.get(approvedBy) ?? approvedBy),
    approvedAt: approvedAt === null ? null : toTimestamp(approvedAt),
  };
}

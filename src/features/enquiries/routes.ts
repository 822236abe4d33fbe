import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { toTimestamp } from '../../platform/database.ts';
import { expectedVersion, writeEntityTag } from '../../platform/entity-tag.ts';
import type { Routes, RoutesApp } from '../../platform/http.ts';
import { requireScope } from '../../platform/http-access.ts';
import { problems } from '../../platform/http-problem.ts';
import { recordAccess } from '../access/service.ts';
import { answerChannelsOf, recordReply, repliesOf } from './answering/service.ts';
import {
  enquiryChangesSchema,
  enquiryParams,
  enquirySchema,
  enteredEnquirySchema,
  newNoteSchema,
  newReplySchema,
} from './contract.ts';
import { receivedLeadSchema, webLeadSchema } from './leads/contract.ts';
import { receiveWebLead, shownLeadOf } from './leads/service.ts';
import { addNote, changeEnquiry, createEnquiry, readEnquiry } from './service.ts';

const tags = ['Enquiries'];

export const enquiryRoutes: Routes = (app) => {
  routeRead(app);
  routeCreate(app);
  routeChange(app);
  routeNote(app);
  routeReply(app);
};

function routeRead(app: RoutesApp): void {
  app.get(
    '/enquiries/:id',
    {
      config: { access: ['enquiries:read'] },
      schema: {
        operationId: 'readEnquiry',
        summary: 'Read a sales enquiry',
        description:
          'With its notes, the stages it went through, and by which way the customer may be answered.',
        tags,
        params: enquiryParams,
        response: { 200: enquirySchema, ...problems(404) },
      },
    },
    async ({ context, actor, params }, reply) => {
      const enquiry = await shownEnquiry(context, params.id, reply);
      await recordAccess(context, actor, 'enquiry read', enquiry.customerId, { enquiryId: params.id });
      return enquiry;
    },
  );
}

function routeCreate(app: RoutesApp): void {
  app.post(
    '/enquiries',
    {
      config: { access: ['enquiries:write', 'enquiries:submit'] },
      schema: {
        operationId: 'createEnquiry',
        summary: 'Enter a sales enquiry, or hand over one from a website',
        description:
          'Staff enter one of a customer with the scope enquiries:write and get it back with 201. A website hands over ' +
          'what a visitor sent, with source web_form and the scope enquiries:submit, and gets 202 and the same answer ' +
          'whoever the visitor is: whether they are on file is looked at afterwards.',
        tags,
        body: z.discriminatedUnion('source', [enteredEnquirySchema, webLeadSchema]),
        response: { 201: enquirySchema, 202: receivedLeadSchema, ...problems(400, 404, 409) },
      },
    },
    async (request, reply) => {
      const { context, actor, body } = request;
      if (body.source === 'web_form') {
        requireScope(request, ['enquiries:submit']);
        const reference = await receiveWebLead(context, body, actor);
        reply.code(202);
        return { received: true as const, reference };
      }
      requireScope(request, ['enquiries:write']);
      const id = await createEnquiry(context, body, actor);
      const enquiry = await shownEnquiry(context, id, reply);
      reply.code(201).header('location', `/api/v1/enquiries/${id}`);
      return enquiry;
    },
  );
}

function routeChange(app: RoutesApp): void {
  app.patch(
    '/enquiries/:id',
    {
      config: { access: ['enquiries:write'] },
      schema: {
        operationId: 'changeEnquiry',
        summary: 'Edit a sales enquiry, or move it to another stage',
        description:
          'What is left out stays; null empties a field. Lost needs a reason; sold needs the vehicle, which becomes ' +
          'theirs from that day.',
        tags,
        params: enquiryParams,
        body: enquiryChangesSchema,
        response: { 200: enquirySchema, ...problems(400, 404, 409, 412, 428) },
      },
    },
    async (request, reply) => {
      const { context, actor, params, body } = request;
      const version = expectedVersion(request);
      await changeEnquiry(context, params.id, body, { expectedVersion: version, actor });
      return shownEnquiry(context, params.id, reply);
    },
  );
}

function routeNote(app: RoutesApp): void {
  app.post(
    '/enquiries/:id/notes',
    {
      config: { access: ['enquiries:write'] },
      schema: {
        operationId: 'addEnquiryNote',
        summary: 'Add a note to a sales enquiry',
        tags,
        params: enquiryParams,
        body: newNoteSchema,
        response: { 201: enquirySchema, ...problems(400, 404) },
      },
    },
    async ({ context, actor, params, body }, reply) => {
      await addNote(context, params.id, body.text, actor);
      reply.code(201);
      return shownEnquiry(context, params.id, reply);
    },
  );
}

function routeReply(app: RoutesApp): void {
  app.post(
    '/enquiries/:id/replies',
    {
      config: { access: ['enquiries:write'] },
      schema: {
        operationId: 'recordEnquiryReply',
        summary: 'Record that somebody answered an enquiry, one to one',
        description:
          'Decided at this instant by the one gate, as a service message for as long as the enquiry is open. Answers ' +
          '409 with the reasons where it is refused, and once the enquiry has ended.',
        tags,
        params: enquiryParams,
        body: newReplySchema,
        response: { 201: enquirySchema, ...problems(400, 404, 409) },
      },
    },
    async ({ context, actor, params, body }, reply) => {
      await recordReply(context, params.id, body, actor);
      reply.code(201);
      return shownEnquiry(context, params.id, reply);
    },
  );
}

/** One enquiry as the API shows it, with its ETag. */
async function shownEnquiry(
  context: Context,
  id: string,
  reply: FastifyReply,
): Promise<z.input<typeof enquirySchema>> {
  const enquiry = await readEnquiry(context, id);
  const answers = await answerChannelsOf(context, enquiry);
  const replies = await repliesOf(context, enquiry);
  writeEntityTag(reply, enquiry.version);
  const { branchId: _, nextAction, nextActionOn, openedAt, closedAt, updatedAt, ...rest } = enquiry;
  return {
    ...rest,
    nextAction: nextAction === null || nextActionOn === null ? null : { what: nextAction, on: nextActionOn },
    openedAt: toTimestamp(openedAt),
    closedAt: closedAt === null ? null : toTimestamp(closedAt),
    updatedAt: toTimestamp(updatedAt),
    notes: enquiry.notes.map((note) => ({ ...note, writtenAt: toTimestamp(note.writtenAt) })),
    stages: enquiry.stages.map((stage) => ({ ...stage, changedAt: toTimestamp(stage.changedAt) })),
    replies: replies.map((each) => ({ ...each, repliedAt: toTimestamp(each.repliedAt) })),
    web: await shownLeadOf(context, id),
    answers: answers.map((answer) => ({ ...answer, sentences: [...answer.sentences] })),
  };
}

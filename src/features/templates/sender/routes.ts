import { expectedVersion, writeEntityTag } from '../../../platform/entity-tag.ts';
import type { Routes } from '../../../platform/http.ts';
import { problems } from '../../../platform/http-problem.ts';
import { senderChangeSchema, senderSchema } from './contract.ts';
import { changeSender, readSender } from './service.ts';

export const senderRoutes: Routes = (app) => {
  app.get(
    '/message-sender',
    {
      config: { access: ['templates:read'] },
      schema: {
        operationId: 'readMessageSender',
        summary: 'Who messages are from',
        tags: ['Templates'],
        response: { 200: senderSchema, ...problems() },
      },
    },
    async ({ context }, reply) => {
      const sender = await readSender(context);
      writeEntityTag(reply, sender.version);
      return { ...sender, address: [...sender.address], missing: [...sender.missing] };
    },
  );
  app.put(
    '/message-sender',
    {
      config: { access: ['templates:approve'] },
      schema: {
        operationId: 'changeMessageSender',
        summary: 'Say who messages are from, and who may approve templates',
        description: 'Counts for every message that is finished from now on.',
        tags: ['Templates'],
        body: senderChangeSchema,
        response: { 200: senderSchema, ...problems(400, 409, 412, 428) },
      },
    },
    async (request, reply) => {
      const by = { actor: request.actor, expectedVersion: expectedVersion(request) };
      const sender = await changeSender(request.context, request.body, by);
      writeEntityTag(reply, sender.version);
      return { ...sender, address: [...sender.address], missing: [...sender.missing] };
    },
  );
};

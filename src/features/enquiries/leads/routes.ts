import { z } from 'zod';
import type { Context } from '../../../platform/context.ts';
import type { Routes, RoutesApp } from '../../../platform/http.ts';
import { problems } from '../../../platform/http-problem.ts';
import {
  webWordingListSchema,
  webWordingParams,
  webWordingSchema,
  webWordingTextSchema,
} from './contract.ts';
import { judgeWebWording, listWebWordings, registerWebWording } from './service.ts';

const tags = ['Enquiries'];

export const webWordingRoutes: Routes = (app) => {
  routeList(app);
  routeRegister(app);
  routeJudge(app, 'accept');
  routeJudge(app, 'refuse');
};

function routeList(app: RoutesApp): void {
  app.get(
    '/web-wordings',
    {
      config: { access: ['policy:read'] },
      schema: {
        operationId: 'listWebWordings',
        summary: 'The wordings that websites showed beside their boxes',
        description: 'Those nobody has judged yet first: a yes given on one of them waits.',
        tags,
        response: { 200: webWordingListSchema, ...problems() },
      },
    },
    async ({ context }) => ({ wordings: await listWebWordings(context) }),
  );
}

function routeRegister(app: RoutesApp): void {
  app.post(
    '/web-wordings',
    {
      config: { access: ['policy:write'] },
      schema: {
        operationId: 'registerWebWording',
        summary: 'Accept a wording before a website shows it',
        tags,
        body: webWordingTextSchema,
        response: { 201: webWordingSchema, ...problems(400) },
      },
    },
    async ({ context, actor, body }, reply) => {
      const hash = await registerWebWording(context, body, actor);
      reply.code(201);
      return shownWording(context, hash);
    },
  );
}

function routeJudge(app: RoutesApp, verb: 'accept' | 'refuse'): void {
  const isAccepted = verb === 'accept';
  app.post(
    `/web-wordings/:hash(.+)::${verb}`,
    {
      config: { access: ['policy:write'] },
      schema: {
        operationId: isAccepted ? 'acceptWebWording' : 'refuseWebWording',
        summary: isAccepted ? 'Let a yes rest on this wording' : 'Let no yes rest on this wording',
        description: isAccepted
          ? 'Ticks that waited for it count from when they were made, unless a no stands by now.'
          : 'Ticks that waited for it are not recorded; what was recorded before stays.',
        tags,
        params: webWordingParams,
        body: z.strictObject({}),
        response: { 200: webWordingSchema, ...problems(404) },
      },
    },
    async ({ context, actor, params }) => {
      await judgeWebWording(context, params.hash, isAccepted ? 'accepted' : 'refused', actor);
      return shownWording(context, params.hash);
    },
  );
}

async function shownWording(context: Context, hash: string): Promise<z.input<typeof webWordingSchema>> {
  const found = (await listWebWordings(context)).find((wording) => wording.hash === hash);
  if (found === undefined) throw new Error('A wording was judged but cannot be found.');
  return found;
}

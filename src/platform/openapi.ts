import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { Access } from './http-access.ts';
import { sessionCookie } from './http-session.ts';
import { idempotencyHeader } from './idempotency.ts';
import { withUsedComponents } from './openapi-components.ts';

export interface ApiDescription {
  readonly title: string;
  readonly description: string;
  readonly version: string;
  readonly tags: readonly { readonly name: string; readonly description: string }[];
}

/**
 * Describes at `prefix`/openapi.json every route that is registered after this, from the same schemas that check it (OpenAPI 3.1).
 * Who may call it comes from its `config.access`; the headers that whole methods share are added here.
 */
export async function describeApi(
  app: FastifyInstance,
  prefix: string,
  description: ApiDescription,
): Promise<void> {
  const { tags, ...info } = description;
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        ...info,
        contact: { name: 'The administrator of this installation' },
        license: { name: 'MIT', url: 'https://spdx.org/licenses/MIT' },
      },
      servers: [{ url: '/', description: 'This installation' }],
      tags: tags.map((tag) => ({ ...tag })).sort((a, b) => (a.name < b.name ? -1 : 1)),
      components: {
        securitySchemes: {
          apiKey: {
            type: 'http',
            scheme: 'bearer',
            description: 'An API key, made with `navigator api-key create`. Each operation names its scope.',
          },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: sessionCookie,
            description:
              'The session of a member of staff, from POST /session; their role gives the scopes. Over https the ' +
              'name has the prefix `__Host-`. Whatever changes something is taken from pages of this installation ' +
              'only. Where a request carries an API key as well, the key counts.',
          },
        },
      },
    },
    transform: (route) => {
      const { schema, url } = jsonSchemaTransform(route);
      if (schema?.hide === true) return { schema, url };
      const described = {
        ...schema,
        ...headersOf(route.route.method, route.route.config),
        ...accessOf(route.route.config, schema),
      };
      return { schema: described, url };
    },
    transformObject: (document) =>
      describeAnswers(withUsedComponents(jsonSchemaTransformObject(document) as object)),
  });
  let text: string | undefined;
  app.get(
    `${prefix}/openapi.json`,
    { config: { access: 'public' }, schema: { hide: true } },
    async (_request, reply) => {
      text ??= JSON.stringify(app.swagger());
      reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache');
      return text;
    },
  );
}

// A bearer key has no scopes of its own in OpenAPI, so the scope is said in words and in an extension.
function accessOf(
  config: { access?: Access } | undefined,
  schema: { description?: string } | undefined,
): object {
  const access = config?.access;
  const said = schema?.description ?? '';
  if (access === undefined || access === 'public') return { description: said, security: [] };
  const security = [{ apiKey: [] }, { session: [] }];
  if (access === 'signed-in') return { description: `${said} For anybody who is known.`.trim(), security };
  const needed = `Needs the scope ${access.map((scope) => `\`${scope}\``).join(' or ')}.`;
  return {
    description: said === '' ? needed : `${said} ${needed}`,
    security,
    'x-required-scopes': access,
  };
}

const answers: Readonly<Record<string, string>> = {
  200: 'Done.',
  201: 'Done; it is new.',
  202: 'Begun; it goes on after this answer.',
};

interface DescribedOperation {
  readonly responses?: Readonly<Record<string, { description: string }>>;
}

/** Where a route does not say itself what an answer is, its status does. */
function describeAnswers(document: {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
}): object {
  const operations = Object.values(document.paths ?? {}).flatMap((methods) => Object.values(methods));
  for (const { responses = {} } of operations) {
    for (const [status, response] of Object.entries(responses)) {
      if (response.description !== 'Default Response') continue;
      response.description = answers[status] ?? 'Answered.';
    }
  }
  return document;
}

function headersOf(
  method: string | string[],
  config: { unversioned?: boolean; repeatable?: boolean } | undefined,
): { headers?: object } {
  if (method === 'POST') {
    const header = config?.repeatable === true ? needlessKey : idempotencyKey;
    return { headers: { type: 'object', properties: { [idempotencyHeader]: header } } };
  }
  if (method === 'PATCH' && config?.unversioned !== true) {
    return {
      headers: { type: 'object', properties: { 'if-match': ifMatch }, required: ['if-match'] },
    };
  }
  return {};
}

const idempotencyKey = {
  type: 'string',
  minLength: 1,
  maxLength: 255,
  description:
    'Makes it safe to send a request again: with the same key and the same body it is carried out once and ' +
    'answered alike, for 24 hours.',
  examples: ['5f0c2c9e-7d0b-4a53-9a1e-3f6c1f1d8b52'],
};

const needlessKey = {
  ...idempotencyKey,
  description:
    'Taken and not needed: this request can be sent again without a key, and is answered as things are then.',
};

const ifMatch = {
  type: 'string',
  description: 'The ETag that was read with the record.',
  examples: ['"3"'],
};

import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { idempotencyHeader } from './idempotency.ts';

export interface ApiDescription {
  readonly title: string;
  readonly description: string;
  readonly version: string;
  readonly tags: readonly { readonly name: string; readonly description: string }[];
}

/**
 * Describes every route that is registered after this, from the same schemas that check it (OpenAPI 3.1).
 * Who may call it comes from its `config.access`; the headers that whole methods share are added here.
 */
export async function describeApi(app: FastifyInstance, description: ApiDescription): Promise<void> {
  const { tags, ...info } = description;
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { ...info, license: { name: 'MIT', identifier: 'MIT' } },
      servers: [{ url: '/', description: 'This installation' }],
      tags: tags.map((tag) => ({ ...tag })),
      components: {
        securitySchemes: {
          apiKey: {
            type: 'http',
            scheme: 'bearer',
            description: 'An API key, made with `navigator api-key create`. Each operation names its scope.',
          },
        },
      },
    },
    transform: (route) => {
      const { schema, url } = jsonSchemaTransform(route);
      if (schema?.hide === true) return { schema, url };
      const access = route.route.config?.access;
      const security = Array.isArray(access) ? access.map((scope: string) => ({ apiKey: [scope] })) : [];
      return { schema: { ...schema, ...headersOf(route.route.method), security }, url };
    },
    transformObject: jsonSchemaTransformObject,
  });
}

function headersOf(method: string | string[]): { headers?: object } {
  if (method === 'POST') {
    return { headers: { type: 'object', properties: { [idempotencyHeader]: idempotencyKey } } };
  }
  if (method === 'PATCH') {
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

const ifMatch = {
  type: 'string',
  description: 'The ETag that was read with the record.',
  examples: ['"3"'],
};

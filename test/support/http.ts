import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll } from 'vitest';
import { scopes } from '../../src/features/users/roles.ts';
import { createApiKey } from '../../src/features/users/service.ts';
import { buildApp } from '../../src/main.ts';
import type { HttpApp } from '../../src/platform/http.ts';
import type { Logger } from '../../src/platform/logger.ts';
import type { Screens } from '../../src/staff-screens.ts';
import { contextOn } from './context.ts';
import type { TestDatabase } from './database.ts';

/** A parsed answer, to be matched; `answer` is the part of it at a path such as `customers.0.id`. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly body: unknown;
  at(path: string): unknown;
}

export interface Request {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT';
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** The API key; by default one with every scope. */
  readonly key?: string | null;
  /** Another application on the same database, such as one after a restart. */
  readonly app?: HttpApp;
}

export interface TestApi {
  readonly app: HttpApp;
  readonly context: Awaited<ReturnType<typeof contextOn>>;
  readonly key: string;
  /** Asks the application without a socket; a request with a body is a POST unless it says otherwise. */
  ask(url: string, request?: Request): Promise<Answer>;
  keyWith(...scopes: string[]): Promise<string>;
}

/** The whole application on the database of this test file. Use it inside tests and hooks. */
export function useApi(
  database: TestDatabase,
  options: {
    readonly logger?: Logger;
    readonly requestsPerMinute?: number;
    readonly screens?: () => Promise<Screens>;
  } = {},
): TestApi {
  let opened: { app: HttpApp; context: TestApi['context']; key: string } | undefined;
  const now = () => {
    if (opened === undefined) throw new Error('The application is there inside tests and hooks only.');
    return opened;
  };
  beforeAll(async () => {
    const { logger, screens, ...http } = options;
    const plain = await contextOn(database);
    const context = logger === undefined ? plain : { ...plain, logger };
    const { key } = await createApiKey(context, 'Tests', scopes);
    const pages = screens === undefined ? {} : { screens: await screens() };
    opened = { app: await buildApp(context, { ...http, ...pages }), context, key };
  }, 120_000);
  afterAll(async () => {
    await opened?.app.close();
  });
  return {
    get app() {
      return now().app;
    },
    get context() {
      return now().context;
    },
    get key() {
      return now().key;
    },
    keyWith: async (...wanted) => (await createApiKey(now().context, 'Few scopes', wanted)).key,
    ask: (url, request = {}) => ask(request.app ?? now().app, now().key, url, request),
  };
}

async function ask(app: HttpApp, usual: string, url: string, request: Request): Promise<Answer> {
  const { body, headers = {}, key = usual, method = body === undefined ? 'GET' : 'POST' } = request;
  const options: InjectOptions = {
    method,
    url,
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  };
  const injected: Promise<LightMyRequestResponse> = app.inject(options);
  const response = await injected;
  const isJson = String(response.headers['content-type']).includes('json');
  const parsed: unknown = isJson ? JSON.parse(response.body) : undefined;
  return {
    status: response.statusCode,
    headers: response.headers,
    text: response.body,
    body: parsed,
    at: (path) =>
      path
        .split('.')
        .reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], parsed),
  };
}

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';

const run = promisify(execFile);
const api = useApi(useDatabase());
const fixtures = path.resolve(import.meta.dirname, '..', '..', 'fixtures', 'openapi');

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: string[];
  readonly 'x-required-scopes'?: string[];
  readonly security?: Record<string, string[]>[];
  readonly responses: Record<string, { description?: string; content?: Record<string, unknown> }>;
  readonly parameters?: { name: string; in: string }[];
}

let folder = '';
let file = '';
let document: { openapi: string; paths: Record<string, Record<string, Operation>> };

beforeAll(async () => {
  const answer = await api.ask('/api/v1/openapi.json', { key: null });
  expect(answer.status).toBe(200);
  document = answer.body as typeof document;
  folder = await mkdtemp(path.join(tmpdir(), 'navigator-openapi-'));
  file = path.join(folder, 'openapi.json');
  await writeFile(file, answer.text);
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** What anybody may ask: whoever is about to come in, and whoever watches the program. */
const open = [
  'get /health',
  'get /api/v1/session',
  'post /api/v1/session',
  'get /api/v1/sign-in-options',
  'post /api/v1/set-up',
  'post /api/v1/set-up:check',
  'post /api/v1/password-reset',
  'post /api/v1/password-reset:check',
];

/** What needs no scope, only to be known: nothing of it is about a customer. */
const signedIn = [
  'patch /api/v1/session',
  'delete /api/v1/session',
  'post /api/v1/session:change-password',
  'get /api/v1/branches',
  'get /api/v1/sessions',
  'delete /api/v1/sessions/{sessionId}',
  'post /api/v1/sessions:end-others',
  'get /api/v1/session/second-factor',
  'post /api/v1/session/second-factor:begin',
  'post /api/v1/session/second-factor:confirm',
  'post /api/v1/session/second-factor:new-recovery-codes',
  'post /api/v1/session/second-factor:remove',
];

const operations = (): [string, Operation][] =>
  Object.entries(document.paths).flatMap(([url, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method} ${url}`,
      operation,
    ]),
  );

describe('the description of the API', () => {
  it('passes Redocly without an error or a warning', async () => {
    const { stdout } = await lint(import.meta.resolve('@redocly/cli/bin/cli.js'), [
      'lint',
      file,
      '--config',
      path.join(fixtures, 'redocly.yaml'),
      '--format',
      'json',
    ]);
    const report = JSON.parse(stdout) as {
      totals: { errors: number; warnings: number };
      problems: { ruleId: string; message: string; location: { pointer: string }[] }[];
    };
    const found = report.problems.map(
      ({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`,
    );
    expect(found).toEqual([]);
    expect(report.totals).toMatchObject({ errors: 0, warnings: 0 });
  }, 60_000);

  it('passes Spectral without an error or a warning', async () => {
    const { stdout } = await lint(import.meta.resolve('@stoplight/spectral-cli/dist/index.js'), [
      'lint',
      file,
      '--ruleset',
      path.join(fixtures, 'spectral.yaml'),
      '--format',
      'json',
      '--quiet',
    ]);
    const found = (JSON.parse(stdout) as { code: string; path: string[]; message: string }[]).map(
      ({ code, path: place, message }) => `${code} ${place.join('.')}: ${message}`,
    );
    expect(found).toEqual([]);
  }, 60_000);

  it('is OpenAPI 3.1 and describes every operation in full', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(operations().length).toBeGreaterThan(15);
    for (const [name, operation] of operations()) {
      expect(operation, name).toMatchObject({
        operationId: expect.any(String),
        summary: expect.any(String),
        description: expect.stringMatching(/\.$/),
        tags: [expect.any(String)],
      });
      for (const { description } of Object.values(operation.responses)) {
        expect(description, name).toMatch(/\.$/);
        expect(description, name).not.toBe('Default Response');
      }
      const statuses = Object.keys(operation.responses);
      expect(
        statuses.some((status) => status.startsWith('2')),
        name,
      ).toBe(true);
      expect(Object.keys(operation.responses['500']?.content ?? {}), name).toEqual([
        'application/problem+json',
      ]);
    }
  });

  it('says of every operation who may use it, and of every POST that it may carry a key', () => {
    for (const [name, operation] of operations()) {
      const { security, parameters = [] } = operation;
      expect(security, name).toEqual(open.includes(name) ? [] : [{ apiKey: [] }, { session: [] }]);
      if (open.includes(name) || signedIn.includes(name)) {
        expect(operation['x-required-scopes'], name).toBeUndefined();
      } else {
        expect(operation['x-required-scopes']?.[0], name).toMatch(/^[a-z:]+$/);
      }
      const headers = parameters
        .filter((parameter) => parameter.in === 'header')
        .map(({ name: header }) => header);
      expect(headers.includes('idempotency-key'), name).toBe(name.startsWith('post '));
      expect(headers.includes('if-match'), name).toBe(
        name.startsWith('patch ') && name !== 'patch /api/v1/session',
      );
    }
  });

  it('names the paths that the product promises', () => {
    expect(operations().map(([name]) => name)).toEqual(
      expect.arrayContaining([
        ...signedIn,
        'post /api/v1/session',
        'post /api/v1/set-up:check',
        'post /api/v1/set-up',
        'get /api/v1/users',
        'post /api/v1/users',
        'get /api/v1/users/{id}',
        'patch /api/v1/users/{id}',
        'post /api/v1/customers:search',
        'get /api/v1/customers/{id}',
        'post /api/v1/customers',
        'patch /api/v1/customers/{id}',
        'post /api/v1/customers/{id}:merge',
        'get /api/v1/customers/{id}/pairs',
        'post /api/v1/customers/{id}:judge-pair',
        'get /api/v1/duplicates',
        'get /api/v1/customers/{id}/permissions',
        'post /api/v1/customers/{id}/permission-events',
        'get /api/v1/customers/{id}/preferences',
        'post /api/v1/customers/{id}/preferences',
        'get /api/v1/customers/{id}/timeline',
        'get /api/v1/wordings',
        'post /api/v1/wordings/drafts',
        'post /api/v1/wordings/drafts:approve',
        'post /api/v1/wordings/drafts:discard',
        'post /api/v1/decisions',
        'post /api/v1/decisions:batch',
        'get /api/v1/policy',
        'put /api/v1/policy',
        'get /api/v1/policy/versions',
        'get /api/v1/reviews',
        'post /api/v1/reviews:search',
        'get /api/v1/review-advisers',
        'get /api/v1/review-calls',
        'post /api/v1/review-calls:export',
        'get /api/v1/review-outcomes',
        'get /api/v1/enquiries',
        'post /api/v1/enquiries',
        'get /api/v1/enquiries/{id}',
        'patch /api/v1/enquiries/{id}',
        'post /api/v1/enquiries/{id}/notes',
        'get /api/v1/enquiry-board',
        'get /api/v1/enquiry-owners',
        'get /api/v1/web-wordings',
        'post /api/v1/web-wordings',
        'post /api/v1/web-wordings/{hash}:accept',
        'post /api/v1/web-wordings/{hash}:refuse',
        'get /api/v1/selection-fields',
        'get /api/v1/saved-selections',
        'post /api/v1/saved-selections',
        'get /api/v1/saved-selections/{id}',
        'patch /api/v1/saved-selections/{id}',
        'delete /api/v1/saved-selections/{id}',
        'post /api/v1/selections:count',
        'post /api/v1/selections:list',
        'post /api/v1/selections:export',
        'get /api/v1/exports/{id}',
        'get /api/v1/exports/{id}/list',
        'get /api/v1/exports/{id}/left-out',
        'put /api/v1/import-files/{id}',
        'post /api/v1/imports:propose-mapping',
        'post /api/v1/imports:plan',
        'post /api/v1/imports',
        'get /api/v1/imports',
        'get /api/v1/imports/{id}',
        'get /api/v1/imports/{id}/rejects',
        'post /api/v1/imports/{id}:reverse',
        'post /api/v1/resets:plan',
        'get /api/v1/resets',
        'post /api/v1/resets',
        'get /api/v1/resets/{id}',
        'post /api/v1/resets/{id}:undo',
        'get /api/v1/diary',
        'post /api/v1/appointments:find-slots',
        'get /api/v1/appointments',
        'post /api/v1/appointments',
        'get /api/v1/appointments/{id}',
        'patch /api/v1/appointments/{id}',
        'get /api/v1/customers/{id}/maintenance',
        'get /api/v1/workshop-hours/{branch}',
        'patch /api/v1/workshop-hours/{branch}',
      ]),
    );
  });
});

/** Both report what they found by their exit code, too; what counts here is the list. */
async function lint(program: string, parameters: string[]): Promise<{ stdout: string; stderr: string }> {
  const command = [fileURLToPath(program), ...parameters];
  const env = {
    ...process.env,
    REDOCLY_TELEMETRY: 'off',
    REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
    NO_COLOR: '1',
  };
  try {
    return await run(process.execPath, command, { env, cwd: folder, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    return error as { stdout: string; stderr: string };
  }
}

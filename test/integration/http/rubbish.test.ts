import { beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';

/**
 * Every operation of the description of the API, asked with values of the wrong kind in each field of its body
 * and each parameter of its query. Whatever is refused is refused in words for people.
 */
const api = useApi(useDatabase());
const nobody = '01900000-0000-7000-8000-000000000000';

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}
interface Operation {
  readonly operationId?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
interface Question {
  readonly name: string;
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT';
  readonly body?: unknown;
}

let description: Description;
beforeAll(async () => {
  description = (await api.ask('/api/v1/openapi.json')).body as Description;
});

function fieldsOf({ $ref, properties = {}, oneOf = [], anyOf = [], allOf = [] }: Schema): string[] {
  const named = description.components.schemas[$ref?.split('/').at(-1) ?? ''];
  const parts = [...(named === undefined ? [] : [named]), ...oneOf, ...anyOf, ...allOf];
  return [...new Set([...Object.keys(properties), ...parts.flatMap(fieldsOf)])];
}

const rubbish = [
  12.5,
  'rubbish',
  true,
  [],
  {},
  null,
  [{}],
  [[1]],
  { rubbish: 1 },
  { all: [{ field: 'mood', is: 1 }] },
];

function* questions(): Generator<Question> {
  for (const [path, operations] of Object.entries(description.paths)) {
    const address = path.replaceAll(/\{[^}]+\}/g, nobody);
    for (const [verb, operation] of Object.entries(operations)) {
      const method = verb.toUpperCase() as Question['method'];
      const name = `${method} ${path}`;
      for (const { name: parameter, in: place } of operation.parameters ?? []) {
        if (place !== 'query') continue;
        for (const value of ['rubbish!', '', '-1', '2027-02-30']) {
          yield { name, method, url: `${address}?${parameter}=${encodeURIComponent(value)}` };
        }
        yield { name, method, url: `${address}?${parameter}=a&${parameter}=b` };
      }
      const schema = operation.requestBody?.content['application/json']?.schema;
      if (schema === undefined) continue;
      for (const body of [...rubbish, { nobodyKnowsThis: 1 }]) yield { name, method, url: address, body };
      for (const field of fieldsOf(schema)) {
        for (const value of rubbish) yield { name, method, url: address, body: { [field]: value } };
      }
    }
  }
}

/** What a validator says to a programmer. */
const raw =
  /Invalid (?:input|option|string|key|element|discriminator|ISO|UUID|number)|expected \w+|received|Too (?:big|small)|Unrecognized|must match/;

function faultIn(status: number, problem: unknown): string | null {
  if (status >= 500) return `answers ${status}`;
  if (status !== 422) return null;
  const { detail, errors = [] } = problem as {
    detail: string;
    errors?: { field: string; message: string }[];
  };
  for (const { field, message } of errors) {
    if (field === '') return 'names no field';
    if (raw.test(message) || !/^[A-Z"].*\.$|^[a-zA-Z_"]+ .*\.$/s.test(message))
      return `says of ${field}: ${message}`;
  }
  return raw.test(detail) || !detail.endsWith('.') ? `says: ${detail}` : null;
}

describe('rubbish', () => {
  it('is refused by every operation in plain sentences that name the field', async () => {
    const faults = new Set<string>();
    const refusing = new Set<string>();
    for (const { name, url, method, body } of questions()) {
      const headers = method === 'PATCH' ? { 'if-match': '"1"' } : {};
      const answer = await api.ask(url, { method, headers, ...(body === undefined ? {} : { body }) });
      const fault = faultIn(answer.status, answer.body);
      if (fault !== null) faults.add(`${name} ${fault} (${url} ${JSON.stringify(body)})`);
      if (answer.status === 422) refusing.add(name);
    }
    expect([...faults]).toEqual([]);
    expect(refusing.size).toBeGreaterThan(25);
  }, 120_000);

  it('is noticed by this test where a sentence is for programmers', () => {
    const said = (message: string) => faultIn(422, { detail: 'No.', errors: [{ field: 'a', message }] });
    expect(said('Invalid input: expected string, received number')).toContain('says of a');
    expect(said('Invalid input')).toContain('says of a');
    expect(said('This has to be a text.')).toBeNull();
    expect(faultIn(500, {})).toBe('answers 500');
  });

  it.each([
    [{ all: [{ field: 'mood', is: 'good' }] }, 'criteria.all.0.field', /^This has to be one of /],
    [{ all: [{ field: 'make', equals: 'Ford' }] }, 'criteria.all.0.equals', /not known/],
    [{ all: [{ field: 'make' }] }, 'criteria.all.0', /^Say one thing about make/],
    [{ some: [] }, 'criteria', /^A group is one of all, any and none/],
    ['everybody', 'criteria', /^A group is one of all, any and none/],
  ])('in criteria such as %j is named where it lies', async (criteria, field, message) => {
    const answer = await api.ask('/api/v1/selections:count', {
      body: { channel: 'letter', category: 'service_follow_up', criteria },
    });
    expect(answer.status).toBe(422);
    expect(answer.at('errors.0')).toEqual({ field, message: expect.stringMatching(message) });
    expect(answer.at('detail')).toContain(field);
  });
});

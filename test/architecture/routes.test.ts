import { describe, expect, it } from 'vitest';
import { codeOf, lineAt, readProjectFile, typeScriptFiles, withoutComments } from './source-text.ts';

/**
 * Every route says in its `config.access` who may call it: 'public', or a list of scopes of which the caller
 * needs one. A route that says nothing is a fault here, before anyone can forget to guard it.
 */
const registration =
  /\b\w+(?:\.withTypeProvider<\w+>\(\))?\.(get|post|put|patch|delete|head|options|all|route)\s*\(\s*(?=['"`{])/g;
const declaration = /\baccess\s*:\s*(?:'public'|\[\s*'[a-z][\w:.-]*')/;

describe('the routes', () => {
  const files = typeScriptFiles('src').filter((path) => path.endsWith('/routes.ts'));

  it('each declare who may call them', () => {
    expect(files.flatMap((path) => undeclaredRoutes(path, readProjectFile(path)))).toEqual([]);
  });

  it('are registered in routes.ts files alone', () => {
    const elsewhere = typeScriptFiles('src').filter(
      (path) => path.startsWith('src/features/') && !path.endsWith('/routes.ts'),
    );
    expect(elsewhere.filter((path) => routesIn(readProjectFile(path)).length > 0)).toEqual([]);
  });
});

describe('the check on routes', () => {
  it('notices a route without access, in either form', () => {
    const source = [
      "app.get('/customers', { schema }, list);",
      "app.post('/customers', { schema, config: { access: ['customers:create'] } }, create);",
      "app.route({ method: 'GET', url: '/policy', handler: show });",
    ].join('\n');
    expect(undeclaredRoutes('a.ts', source)).toEqual(['a.ts:1 get', 'a.ts:3 route']);
  });

  it('is not satisfied by an empty list, a comment or a misspelling', () => {
    expect(undeclaredRoutes('a.ts', "app.get('/a', { config: { access: [] } }, list);")).toHaveLength(1);
    expect(undeclaredRoutes('a.ts', "app.get('/a', {} /* access: 'public' */, list);")).toHaveLength(1);
    expect(undeclaredRoutes('a.ts', "app.get('/a', { config: { access: 'pubic' } }, list);")).toHaveLength(1);
  });

  it('does not take the get of a map for a route', () => {
    expect(routesIn("const tag = headers.get('etag'); cells.delete('sms');")).toEqual([]);
  });

  it('accepts public routes and routes with scopes', () => {
    const source = [
      "app.get('/health', { config: { access: 'public' } }, health);",
      "app.withTypeProvider<Zod>().get('/a', { config: { access: ['customers:read'] } }, list);",
    ].join('\n');
    expect(routesIn(source)).toHaveLength(2);
    expect(undeclaredRoutes('a.ts', source)).toEqual([]);
  });
});

function undeclaredRoutes(path: string, source: string): string[] {
  return routesIn(source)
    .filter(({ text }) => !declaration.test(text))
    .map(({ line, method }) => `${path}:${line} ${method}`);
}

// A path starts with a slash; without one it is the `get` of a map or a header.
function namesPath(source: string, match: RegExpExecArray): boolean {
  const argument = source.charAt(match.index + match[0].length);
  return match[1] === 'route'
    ? argument === '{'
    : argument !== '{' && source.charAt(match.index + match[0].length + 1) === '/';
}

/** Each call that registers a route, with its text up to the bracket that closes it. */
function routesIn(source: string): { line: number; method: string; text: string }[] {
  const code = codeOf(source);
  const readable = withoutComments(source);
  const calls = [...code.matchAll(registration)].filter((match) => namesPath(source, match));
  return calls.map((match) => {
    const start = match.index + match[0].length;
    let depth = 1;
    let end = start;
    while (depth > 0 && end < code.length) {
      if (code.charAt(end) === '(') depth += 1;
      if (code.charAt(end) === ')') depth -= 1;
      end += 1;
    }
    return { line: lineAt(code, match.index), method: match[1] ?? '', text: readable.slice(start, end) };
  });
}

import { describe, expect, it } from 'vitest';
import { codeOf, lineAt, readProjectFile, typeScriptFiles } from './source-text.ts';

/**
 * Where routes are registered. Who may call them is asked of the built application, in
 * test/integration/http/access.test.ts.
 */
const registration =
  /\b\w+(?:\.withTypeProvider<\w+>\(\))?\.(get|post|put|patch|delete|head|options|all|route)\s*\(\s*(?=['"`{])/g;

describe('the routes of features', () => {
  it('are registered in routes.ts files alone', () => {
    const features = typeScriptFiles('src').filter((path) => path.startsWith('src/features/'));
    const found = features.filter((path) => routesIn(readProjectFile(path)).length > 0);
    expect(found.length).toBeGreaterThan(5);
    expect(found.filter((path) => !path.endsWith('/routes.ts'))).toEqual([]);
  });
});

describe('the check on routes', () => {
  it('notices each form of registration', () => {
    const source = [
      "app.get('/customers', { schema }, list);",
      "app.withTypeProvider<Zod>().post('/a', { config: { access: ['customers:read'] } }, list);",
      "app.route({ method: 'GET', url: '/policy', handler: show });",
    ].join('\n');
    expect(routesIn(source)).toEqual([1, 2, 3]);
  });

  it('does not take the get of a map for a route', () => {
    expect(routesIn("const tag = headers.get('etag'); cells.delete('sms');")).toEqual([]);
  });
});

/** The line of each call that registers a route. */
function routesIn(source: string): number[] {
  const code = codeOf(source);
  return [...code.matchAll(registration)]
    .filter((match) => namesPath(source, match))
    .map((match) => lineAt(code, match.index));
}

// A path starts with a slash; without one it is the `get` of a map or a header.
function namesPath(source: string, match: RegExpExecArray): boolean {
  const argument = source.charAt(match.index + match[0].length);
  return match[1] === 'route'
    ? argument === '{'
    : argument !== '{' && source.charAt(match.index + match[0].length + 1) === '/';
}

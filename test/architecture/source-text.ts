import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project, wherever it was cloned to. */
export const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What .gitignore leaves out, and the lock file, which npm writes. */
const notOurs =
  /^(?:data|\.navigator|dist|coverage|package-lock\.json|(?:.*\/)?(?:node_modules|\.git|[^/]*\.log))$/;

/** Every file of the project that people write, as paths from its root with forward slashes, sorted. */
export function projectFiles(under = ''): string[] {
  return readdirSync(join(projectFolder, under), { withFileTypes: true })
    .filter((entry) => !entry.isSymbolicLink())
    .map((entry) => ({ entry, path: under === '' ? entry.name : `${under}/${entry.name}` }))
    .filter(({ path }) => !notOurs.test(path))
    .flatMap(({ entry, path }) => (entry.isDirectory() ? projectFiles(path) : [path]))
    .sort();
}

/** The TypeScript files below a folder of the project; none if the folder does not exist. */
export function typeScriptFiles(under: string): string[] {
  return projectFiles().filter((path) => path.startsWith(`${under}/`) && /\.tsx?$/.test(path));
}

/** @throws if the file is missing: a check that silently read nothing would always pass. */
export function readProjectFile(path: string): string {
  return readFileSync(join(projectFolder, ...path.split('/')), 'utf8');
}

type Kind = 'code' | 'comment' | 'text';

/** The program without its comments and without what its strings say; places and line numbers are kept. */
export function codeOf(source: string): string {
  return blankAllBut(source, ['code']);
}

/** What the strings and templates of the program say, each in its place. */
export function stringsOf(source: string): string {
  return blankAllBut(source, ['text']);
}

/** The program with its strings and without its comments. */
export function withoutComments(source: string): string {
  return blankAllBut(source, ['code', 'text']);
}

/** The module specifiers a source asks for by import, export-from or import(), with the line of each. */
export function importsOf(source: string): { specifier: string; line: number; typeOnly: boolean }[] {
  const code = codeOf(source);
  const asking = /\b(?:from|import)\s*\(?\s*(?=['"`])/g;
  return [...code.matchAll(asking)].map((match) => {
    const start = match.index + match[0].length + 1;
    const end = source.indexOf(source.charAt(start - 1), start);
    const statement =
      code
        .slice(0, match.index)
        .split(/;|\n(?=import|export)/)
        .at(-1) ?? '';
    return {
      specifier: source.slice(start, end),
      line: lineAt(source, match.index),
      typeOnly: /^\s*(?:import|export)\s+type\b/.test(statement),
    };
  });
}

/** The path of the file that a relative import names, or the specifier itself for a package. */
export function resolveImport(importer: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return relative(projectFolder, join(projectFolder, dirname(importer), specifier))
    .split(sep)
    .join('/');
}

export function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length;
}

/** `path:line` for every match of a pattern (with the g flag) in one view of a source. */
export function findAll(path: string, view: string, pattern: RegExp): string[] {
  return [...view.matchAll(pattern)].map(
    (match) => `${path}:${lineAt(view, match.index)} ${match[0].trim()}`,
  );
}

function blankAllBut(source: string, wanted: readonly Kind[]): string {
  return dissect(source)
    .map(({ text, kind }) => (wanted.includes(kind) ? text : text.replace(/[^\n]/g, ' ')))
    .join('');
}

const commentStart = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const quoted = /'(?:\\[\s\S]|[^'\\\n])*'|"(?:\\[\s\S]|[^"\\\n])*"/y;
const regularExpression = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y;
const templatePart = /(?:\\[\s\S]|\$(?!\{)|[^`\\$])*/y;
// A slash after one of these starts a regular expression; after anything else it divides.
const beforeExpression = /(?:^|[(,=:[!&|?{};+\-*%<>~\n]|\b(?:return|typeof|case|of|in|void|await|yield))\s*$/;

/**
 * Cuts a source into runs of code, comment and text. A scanner rather than a parser: TypeScript 7 has no
 * programmatic interface, and what the checks ask (imports, words, places) needs no tree.
 */
function dissect(source: string): { text: string; kind: Kind }[] {
  const runs: { text: string; kind: Kind }[] = [];
  // One entry for each template we are inside of: the depth of braces within its ${ … }.
  const braces: number[] = [];
  let at = 0;
  const add = (text: string, kind: Kind): void => {
    if (text !== '') runs.push({ text, kind });
    at += text.length;
  };
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0] ?? '';
  };
  const readTemplate = (): void => {
    add(take(templatePart), 'text');
    const closes = source.charAt(at) === '`';
    add(source.slice(at, at + (closes ? 1 : 2)), 'code');
    if (!closes) braces.push(0);
  };
  const readCode = (): void => {
    const character = source.charAt(at);
    const depth = braces.at(-1);
    add(character, 'code');
    if (character === '`') readTemplate();
    else if (depth !== undefined && character === '{') braces[braces.length - 1] = depth + 1;
    else if (depth !== undefined && depth > 0 && character === '}') braces[braces.length - 1] = depth - 1;
    else if (depth === 0 && character === '}') {
      braces.pop();
      readTemplate();
    }
  };
  const addQuoted = (text: string): void => {
    add(text.slice(0, 1), 'code');
    add(text.slice(1, -1), 'text');
    add(text.slice(-1), 'code');
  };
  while (at < source.length) {
    const comment = take(commentStart);
    const string = comment === '' ? take(quoted) : '';
    if (comment !== '') add(comment, 'comment');
    else if (string !== '') addQuoted(string);
    else {
      const startsExpression =
        source.charAt(at) === '/' && beforeExpression.test(source.slice(Math.max(0, at - 40), at));
      const expression = startsExpression ? take(regularExpression) : '';
      if (expression === '') readCode();
      else addQuoted(expression);
    }
  }
  return runs;
}

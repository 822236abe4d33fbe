import { describe, expect, it } from 'vitest';
import { codeOf, readProjectFile, typeScriptFiles } from './source-text.ts';

/** The pathname of an address is no path of a file: a space in the name of a folder is %20 in it. */
const pathnameOfThisFile = /import\s*\.\s*meta\s*\.\s*(?:url|resolve)\b[^;]*?\.\s*pathname\b/g;

describe('the path of a file', () => {
  it('is never the pathname of an address, so that the program may lie in a folder with a space', () => {
    const files = ['src', 'seeds', 'bench', 'test'].flatMap((folder) => typeScriptFiles(folder));
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => faults(readProjectFile(file)).length > 0)).toEqual([]);
  });

  it.each([
    "const program = new URL('./a.ts', import.meta.url).pathname;",
    "const { a } = read(new URL(\n  './a.ts',\n  import.meta.url,\n).pathname);",
  ])('is seen in: %s', (line) => {
    expect(faults(line)).toHaveLength(1);
  });

  it('is not seen where an address is turned into a path', () => {
    expect(faults("fileURLToPath(new URL('./a.ts', import.meta.url));\nurl.pathname = '/a';")).toEqual([]);
  });
});

function faults(source: string): string[] {
  return [...codeOf(source).matchAll(pathnameOfThisFile)].map(([text]) => text);
}

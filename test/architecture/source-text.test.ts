import { describe, expect, it } from 'vitest';
import { codeOf, importsOf, projectFiles, resolveImport, stringsOf, withoutComments } from './source-text.ts';

const sample = [
  "import type { Customer } from '../customers/contract.ts';",
  'import {',
  '  one,',
  '  two,',
  "} from './store.ts';",
  "export { three } from 'zod';",
  "// import nothing from 'a-comment';",
  'const later = await import("node:fs");',
  "const said = `select ${count({ of: 'rows' })} from customer`;",
  'const pattern = /[\'"`]/g;',
  "const half = total / 2; /* 'quoted' */",
].join('\n');

describe('the scanner behind the checks of the house', () => {
  it('finds every import, whatever its form, and none in a comment', () => {
    expect(importsOf(sample)).toEqual([
      { specifier: '../customers/contract.ts', line: 1, typeOnly: true },
      { specifier: './store.ts', line: 5, typeOnly: false },
      { specifier: 'zod', line: 6, typeOnly: false },
      { specifier: 'node:fs', line: 8, typeOnly: false },
    ]);
  });

  it('tells code from what strings say, inside templates too', () => {
    expect(codeOf(sample)).toContain("count({ of: '    ' })");
    expect(codeOf(sample)).not.toContain('select');
    expect(stringsOf(sample)).toContain('select ');
    expect(stringsOf(sample)).not.toContain('count');
  });

  it('is not misled by quotes in a regular expression or by a division', () => {
    expect(codeOf(sample)).toContain('const half = total / 2;');
    expect(withoutComments(sample)).not.toContain('quoted');
    expect(withoutComments(sample)).not.toContain('a-comment');
  });

  it('keeps every line where it was', () => {
    expect(codeOf(sample).split('\n')).toHaveLength(sample.split('\n').length);
    expect(codeOf(sample)).toHaveLength(sample.length);
  });

  it('resolves a relative import from the file that makes it', () => {
    expect(resolveImport('src/features/customers/service.ts', '../permissions/store.ts')).toBe(
      'src/features/permissions/store.ts',
    );
    expect(resolveImport('src/cli.ts', 'commander')).toBe('commander');
  });
});

describe('the list of the files of the project', () => {
  const files = projectFiles();

  it('holds what people write, at any depth', () => {
    expect(files).toContain('package.json');
    expect(files).toContain('test/architecture/source-text.test.ts');
    expect(files).toContain('.gitignore');
  });

  it('leaves out what tools write', () => {
    expect(files.filter((path) => /(?:^|\/)(?:node_modules|\.git)\//.test(path))).toEqual([]);
    expect(files).not.toContain('package-lock.json');
  });
});

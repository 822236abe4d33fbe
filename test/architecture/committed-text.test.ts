import { describe, expect, it } from 'vitest';
import { findAll, projectFiles, readProjectFile } from './source-text.ts';

/** Written in pieces, so that this file passes its own check. */
const unfinished = [
  ['TO', 'DO'],
  ['FIX', 'ME'],
  ['X', 'XX'],
  ['HA', 'CK'],
].map((pieces) => pieces.join(''));
const faults: Record<string, RegExp> = {
  'a folder of one machine': new RegExp(
    `(?<![\\w.])/(?:${['home', 'root', 'work', 'Users'].join('|')})/\\w`,
    'g',
  ),
  'something left unfinished': new RegExp(`\\b(?:${unfinished.join('|')})\\b`, 'g'),
  'a test that is left out': /\b(?:test|it|describe)\s*\.\s*(?:skip|only|todo|fails)\s*\(|\.only\s*\(/g,
  'a private key': /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/g,
  'an access token':
    /\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|xox[abprs]-[\w-]{10,}|sk_live_\w{16,}|npm_[A-Za-z0-9]{36}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,})/g,
};
const binary = /\.(?:png|jpe?g|gif|webp|ico|pdf|woff2?|gz|zip)$/;

describe('what is committed', () => {
  it.each(Object.entries(faults))('holds nowhere %s', (_fault, pattern) => {
    const files = projectFiles().filter((path) => !binary.test(path));
    expect(files.length).toBeGreaterThan(0);
    expect(files.flatMap((path) => findAll(path, readProjectFile(path), pattern))).toEqual([]);
  });

  it.each([
    ['a folder of one machine', `const data = '${['', 'home', 'anna', 'data'].join('/')}';`],
    ['a folder of one machine', `cp ${['', 'work', 'main'].join('/')} .`],
    ['something left unfinished', `// ${unfinished[0]}: decide`],
    ['a test that is left out', `it.${'skip'}('decides', () => {});`],
    ['a test that is left out', `describe.${'only'}('decides', () => {});`],
    ['a private key', `-----BEGIN ${'PRIVATE'} KEY-----`],
    ['an access token', `gh${'p_'}${'a1'.repeat(18)}`],
  ])('is searched for %s', (fault, line) => {
    expect(findAll('a.ts', line, faults[fault] ?? /(?!)/g)).toHaveLength(1);
  });

  it('may name the folders of a system and of a web address', () => {
    const lines = 'data lies in /var/lib/navigator; see https://example.com/work/orders and ./home/page';
    expect(findAll('a.md', lines, faults['a folder of one machine'] ?? /(?!)/g)).toEqual([]);
  });
});

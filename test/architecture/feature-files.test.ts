import { describe, expect, it } from 'vitest';
import { codeOf, projectFiles, readProjectFile, typeScriptFiles } from './source-text.ts';

const vocabulary = ['contract.ts', 'routes.ts', 'service.ts', 'store.ts', 'jobs.ts'];

/**
 * Further files a feature may hold, each with its reason. Add one only when the five names above would hide
 * what the file is for; a part with its own store gets a sub-folder with the same five names instead.
 */
const further: Record<string, string> = {
  'users/roles.ts': 'which role has which scopes: one table, read by people and by programs',
  'users/password.ts': 'how passwords are hashed and which are refused, apart from who has one',
  'customers/profile.ts': "what a customer's own row is made of, apart from what may be done with a customer",
  'ledger/chain.ts': 'how entries are hashed and heads sealed: no SQL, and needed by whoever verifies',
  'ledger/appending.ts': 'how one act becomes the next entry, for one customer and for a million new ones',
  'imports/opening.ts': 'a file held against its mapping, before anything of it is believed',
  'imports/reading.ts': 'the rows of a batch, and which of them are rejected: no SQL, for dry run and import',
  'imports/run.ts': 'how a file is gone through in batches, for customers, vehicles and the dry run',
  'imports/totals.ts': 'what an import counts, and how batches add up',
  'imports/fingerprint-set.ts': 'millions of customer numbers remembered in bounded memory',
  'imports/refusers/in-file.ts': 'who says no in which row of a file, remembered in bounded memory: no SQL',
  'imports/vehicles/linking.ts':
    'which vehicles of a batch are known, and whose: no SQL, for dry run and import',
  'facts/contact-use.ts': 'which contact point serves which channel, apart from where they are read',
  'facts/contact-knowledge.ts': 'what the registers and the do-not-contact list say of contact points',
  'facts/lines.ts': 'which telephone line a number is, for a yes that belongs to one line alone',
  'permissions/questions.ts': 'what may be asked about permissions, apart from recording them',
  'permissions/preferences/contact-words.ts': 'the number or address beside a channel, as a person reads it',
  'permissions/preferences/evidence-words.ts': 'how an answer is known, found in the entries behind it',
  'appointments/presenting.ts':
    'an appointment as every route answers it, apart from what may be done with one',
  'messages/gate.ts': 'the one door to a customer: only here can a permitted contact be made',
};

const refusedNames =
  /(?:^|\/)(?:index|utils?|helpers?|common|misc|manager|handlers?|types|constants)(?:\.ts|\/)/;
const mostLines = 300;

describe('the files of a feature', () => {
  it('have names of the closed vocabulary', () => {
    const files = projectFiles().filter((path) => path.startsWith('src/features/'));
    expect(files.filter((path) => !isFeatureFile(path))).toEqual([]);
  });

  it('lists no further file that is not there', () => {
    const files = projectFiles();
    expect(Object.keys(further).filter((path) => !files.includes(`src/features/${path}`))).toEqual([]);
  });

  it.each([
    'src/features/customers/customer-queries.ts',
    'src/features/customers/index.ts',
    'src/features/customers/store.js',
    'src/features/loose-file.ts',
    'src/features/Customers/store.ts',
    'src/features/customers/search/deep/store.ts',
  ])('refuses %s', (path) => {
    expect(isFeatureFile(path)).toBe(false);
  });

  it.each(['src/features/customers/store.ts', 'src/features/customers/search/store.ts'])(
    'allows %s',
    (path) => {
      expect(isFeatureFile(path)).toBe(true);
    },
  );
});

describe('the files of the house', () => {
  const sources = ['src', 'web', 'test', 'bench', 'seeds'].flatMap(typeScriptFiles);

  it('are named for what they hold', () => {
    expect(sources.filter((path) => refusedNames.test(path))).toEqual([]);
    expect(refusedNames.test('src/platform/utils.ts')).toBe(true);
    expect(refusedNames.test('src/features/customers/helpers/names.ts')).toBe(true);
    expect(refusedNames.test('src/platform/job-queue.ts')).toBe(false);
  });

  it('re-export nothing: a name has one home', () => {
    expect(sources.filter((path) => reExports(readProjectFile(path)))).toEqual([]);
    expect(reExports("export { findCustomer } from './store.ts';")).toBe(true);
    expect(reExports("export * from './store.ts';")).toBe(true);
    expect(reExports("export type { Customer } from './contract.ts';")).toBe(true);
    expect(
      reExports("import { findCustomer } from './store.ts';\nexport const found = [findCustomer];"),
    ).toBe(false);
  });

  it(`stay within ${mostLines} lines`, () => {
    const long = ['src', 'web']
      .flatMap(typeScriptFiles)
      .filter((path) => lineCount(readProjectFile(path)) > mostLines);
    expect(long).toEqual([]);
    expect(lineCount(`${'const a = 1;\n'.repeat(mostLines)}const b = 2;\n`)).toBeGreaterThan(mostLines);
    expect(lineCount('const a = 1;\n'.repeat(mostLines))).toBe(mostLines);
  });
});

function isFeatureFile(path: string): boolean {
  const [, noun, part, name] = /^src\/features\/([a-z-]+)\/(?:([a-z-]+)\/)?([^/]+)$/.exec(path) ?? [];
  if (noun === undefined || name === undefined) return false;
  return vocabulary.includes(name) || Object.hasOwn(further, [noun, part, name].filter(Boolean).join('/'));
}

function reExports(source: string): boolean {
  return /^\s*export\s+(?:type\s+)?(?:\*|\{[^}]*\})[^;\n]*?\bfrom\b/m.test(codeOf(source));
}

function lineCount(source: string): number {
  return source.replace(/\n$/, '').split('\n').length;
}

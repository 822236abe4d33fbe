import { describe, expect, it } from 'vitest';
import { importsOf, readProjectFile, resolveImport, typeScriptFiles } from './source-text.ts';

/**
 * The import rule, read from the sources: main and cli → seeds → features → gateways, platform → domain; web → the
 * shapes of contracts → domain. Biome says
 * the same while one types; this says it without Biome, and follows relative paths to where they lead.
 */
const domainPackages = /^(?:zod|libphonenumber-js(?:\/[\w/]+)?|postcode|canonicalize)$/;
const databasePackages = /^(?:pg|pg-[\w-]+|kysely)(?:\/|$)/;

describe('the import rule', () => {
  const files = ['src', 'web', 'test', 'seeds'].flatMap(typeScriptFiles);

  it('holds in every file', () => {
    expect(files.length).toBeGreaterThan(0);
    const broken = files.flatMap((path) =>
      importsOf(readProjectFile(path)).flatMap(({ specifier, line, typeOnly }) => {
        const reason = whyRefused(path, resolveImport(path, specifier), typeOnly);
        return reason === undefined ? [] : [`${path}:${line} imports ${specifier}: ${reason}`];
      }),
    );
    expect(broken).toEqual([]);
  });

  it.each([
    ['src/domain/decide.ts', 'src/platform/clock.ts'],
    ['src/domain/decide.ts', 'node:crypto'],
    ['src/domain/decide.ts', 'kysely'],
    ['src/domain/decide.test.ts', 'src/platform/database.ts'],
    ['src/platform/http.ts', 'src/features/customers/service.ts'],
    ['src/platform/database.ts', 'src/config.ts'],
    ['src/gateways/letter.ts', 'src/features/messages/service.ts'],
    ['src/features/customers/service.ts', 'src/features/permissions/store.ts'],
    ['src/features/customers/search/store.ts', 'src/features/permissions/recording.ts'],
    ['src/features/customers/service.ts', 'src/services.ts'],
    ['src/features/customers/service.ts', 'kysely'],
    ['src/features/customers/routes.ts', 'pg'],
    ['src/features/mailshots/service.ts', 'src/gateways/email.ts'],
    ['src/services.ts', 'pg'],
    ['src/cli/select.ts', 'kysely'],
    ['src/cli/cases/case-database.ts', 'src/features/permissions/recording.ts'],
    ['src/features/mailshots/service.ts', 'src/cli/cases/check-cases.ts'],
    ['src/services.ts', 'seeds/demonstration.ts'],
    ['seeds/dealership/living.ts', 'src/features/customers/store.ts'],
    ['seeds/demonstration.ts', 'src/cli/start.ts'],
    ['seeds/demonstration.ts', 'test/support/database.ts'],
    ['test/integration/ledger.test.ts', 'pg-copy-streams'],
    ['src/features/customers/service.ts', 'test/support/database.ts'],
    ['src/services.ts', 'web/staff/router.tsx'],
    ['web/staff/shared/api.ts', 'src/features/users/service.ts'],
    ['web/staff/shared/api.ts', 'src/features/users/contract.ts'],
    ['web/staff/shared/api.ts', 'src/platform/http.ts'],
    ['web/staff/features/users/users-screen.tsx', 'web/staff/features/today/today-screen.tsx'],
    ['web/staff/shared/screen.tsx', 'web/staff/features/today/today-screen.tsx'],
    ['web/staff/shared/screen.tsx', 'test/support/database.ts'],
  ])('refuses %s importing %s', (importer, imported) => {
    expect(whyRefused(importer, imported)).toEqual(expect.any(String));
  });

  it.each([
    ['src/domain/decide.ts', 'src/domain/reason.ts'],
    ['src/domain/phone.ts', 'libphonenumber-js/max'],
    ['src/domain/decide.test.ts', 'vitest'],
    ['src/platform/database.ts', 'pg'],
    ['src/platform/standing.ts', 'src/domain/decide.ts'],
    ['src/features/customers/service.ts', 'src/features/permissions/service.ts'],
    ['src/features/customers/contract.ts', 'src/features/permissions/contract.ts'],
    ['src/features/customers/search/store.ts', 'src/features/customers/contract.ts'],
    ['src/features/customers/search/store.ts', 'kysely'],
    ['src/features/messages/send.ts', 'src/gateways/email.ts'],
    ['src/services.ts', 'src/features/customers/service.ts'],
    ['src/cli/start.ts', 'seeds/demonstration.ts'],
    ['src/cli/cases/case-database.ts', 'src/features/permissions/service.ts'],
    ['seeds/demonstration.ts', 'src/features/imports/service.ts'],
    ['test/support/database.ts', 'pg'],
    ['web/staff/shared/days.ts', 'src/domain/london.ts'],
    ['web/staff/router.tsx', 'web/staff/features/today/routes.ts'],
    ['web/staff/features/users/users-screen.tsx', 'web/staff/shared/screen.tsx'],
    ['test/journeys/support/global-setup.ts', 'src/cli/screens.ts'],
  ])('allows %s importing %s', (importer, imported) => {
    expect(whyRefused(importer, imported)).toBeUndefined();
  });

  it('lets the screens know the shapes of a contract, and nothing that runs', () => {
    const imported = 'src/features/users/contract.ts';
    expect(whyRefused('web/staff/shared/session.ts', imported, true)).toBeUndefined();
    expect(whyRefused('web/staff/shared/session.ts', imported, false)).toEqual(expect.any(String));
  });
});

function whyRefused(importer: string, imported: string, typeOnly = false): string | undefined {
  if (databasePackages.test(imported) && !mayHoldSql(importer)) {
    return 'SQL lives in a store.ts, in src/platform or in test/support';
  }
  if (importer.startsWith('web/')) return whyWebRefuses(importer, imported, typeOnly);
  if (importer.startsWith('seeds/')) return whySeedsRefuse(imported);
  if (!importer.startsWith('src/')) return undefined;
  // The demonstration dealership and made-up files ship: they are part of what the command line offers.
  const offersSeeds = /^src\/cli\//.test(importer) && imported.startsWith('seeds/');
  if (/^(?:web|test|bench|seeds)\//.test(imported) && !importer.endsWith('.test.ts') && !offersSeeds) {
    return 'what ships does not import what tests it';
  }
  if (importer.startsWith('src/domain/')) return whyDomainRefuses(importer, imported);
  if (!imported.startsWith('src/')) return undefined;
  if (importer.startsWith('src/platform/')) return unlessIn(imported, ['src/platform/', 'src/domain/']);
  if (importer.startsWith('src/gateways/')) {
    return unlessIn(imported, ['src/gateways/', 'src/platform/', 'src/domain/']);
  }
  if (importer.startsWith('src/features/')) return whyFeatureRefuses(importer, imported);
  return importer.startsWith('src/cli/') && !typeOnly ? unlessByTheDoor(imported) : undefined;
}

/** Seeds live through what a dealer lives through: by the services, never behind their back. */
function whySeedsRefuse(imported: string): string | undefined {
  if (/^(?:web|test|bench)\//.test(imported)) return 'what ships does not import what tests it';
  if (!imported.startsWith('src/')) return undefined;
  if (!imported.startsWith('src/features/')) return unlessIn(imported, ['src/platform/', 'src/domain/']);
  return unlessByTheDoor(imported);
}

/** What stands before the features uses them as they use one another. */
function unlessByTheDoor(imported: string): string | undefined {
  if (!imported.startsWith('src/features/')) return undefined;
  if (/\/(?:service|contract|jobs)\.ts$/.test(imported)) return undefined;
  if (/\/(?:users\/roles|permissions\/questions)\.ts$/.test(imported)) return undefined;
  return 'a command or a seed meets a feature through its service.ts, contract.ts or jobs.ts';
}

function mayHoldSql(path: string): boolean {
  return /^(?:src\/platform|test\/support|bench)\//.test(path) || /^src\/features\/.*\/store\.ts$/.test(path);
}

function whyDomainRefuses(importer: string, imported: string): string | undefined {
  if (imported.startsWith('src/domain/') || domainPackages.test(imported)) return undefined;
  if (importer.endsWith('.test.ts') && !imported.startsWith('src/') && !imported.startsWith('test/')) {
    return undefined;
  }
  return 'src/domain is pure and imports its own files and a few pure packages';
}

function whyWebRefuses(importer: string, imported: string, typeOnly: boolean): string | undefined {
  if (/^(?:test|bench|seeds)\//.test(imported)) return 'what ships does not import what tests it';
  if (imported.startsWith('src/domain/')) return undefined;
  if (imported.startsWith('src/')) {
    const isShape = typeOnly && /^src\/features\/.*\/(?:contract|roles)\.ts$/.test(imported);
    return isShape ? undefined : 'the screens know the server by `import type` from a contract.ts alone';
  }
  const home = webFeatureOf(importer);
  const there = webFeatureOf(imported);
  if (there === undefined || there === home) return undefined;
  const isTable = importer === 'web/staff/router.tsx' && imported.endsWith('/routes.ts');
  return isTable ? undefined : 'what two nouns both need on screen belongs in web/staff/shared';
}

function webFeatureOf(path: string): string | undefined {
  return /^web\/staff\/features\/([^/]+)\//.exec(path)?.[1];
}

function whyFeatureRefuses(importer: string, imported: string): string | undefined {
  const home = featureOf(importer);
  const there = featureOf(imported);
  if (there !== undefined) {
    if (there === home || /^src\/features\/[^/]+\/(?:service|contract)\.ts$/.test(imported)) return undefined;
    return `a feature meets another through its service.ts: ask src/features/${there}/service.ts`;
  }
  if (imported.startsWith('src/gateways/') && home !== 'messages') {
    return 'only the feature messages hands anything to a gateway, after the gate has decided';
  }
  return unlessIn(imported, ['src/gateways/', 'src/platform/', 'src/domain/']);
}

function featureOf(path: string): string | undefined {
  return /^src\/features\/([^/]+)\//.exec(path)?.[1];
}

function unlessIn(imported: string, folders: readonly string[]): string | undefined {
  if (folders.some((folder) => imported.startsWith(folder))) return undefined;
  return `only ${folders.join(', ')} may be imported here`;
}

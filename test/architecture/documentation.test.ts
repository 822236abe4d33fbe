import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFiles, readProjectFile } from './source-text.ts';

const files = projectFiles();
const documents = files.filter((path) => path.endsWith('.md'));
const records = files.filter((path) => path.startsWith('docs/adr/'));

describe('the documents', () => {
  it('link only to what is there', () => {
    expect(documents.length).toBeGreaterThan(0);
    expect(documents.flatMap((path) => brokenLinks(path, readProjectFile(path)))).toEqual([]);
  });

  it('notice a link that leads nowhere', () => {
    expect(brokenLinks('docs/architecture.md', 'see [the rule](adr/0099-none.md)')).toHaveLength(1);
    expect(
      brokenLinks(
        'docs/architecture.md',
        'see [the house](../package.json#name), [a site](https://a.example)',
      ),
    ).toEqual([]);
  });
});

describe('the architecture', () => {
  it('says in one line what each feature is, and of none that is not there', () => {
    const folders = files.flatMap((path) => /^src\/features\/([a-z-]+)\//.exec(path)?.[1] ?? []);
    expect(featuresIn(readProjectFile('docs/architecture.md'))).toEqual([...new Set(folders)].sort());
    expect(featuresIn('### The features\n\n| `b` | x |\n| `a` |  |\n\n### Next\n\n| `c` | x |\n')).toEqual([
      'b',
    ]);
  });
});

describe('the document on data protection', () => {
  it('says of each table what it holds of people, or that it is about no person', () => {
    const tables = files
      .filter((path) => path.startsWith('migrations/'))
      .flatMap((path) => tablesIn(readProjectFile(path)));
    expect(tables).toContain('idempotency_key');
    expect(notNamed(tables, readProjectFile('docs/data-protection.md'))).toEqual([]);
  });

  it('is found lacking where a table is not named in it', () => {
    const tables = tablesIn('create table a (\n);\ncreate unlogged table if not exists b_c (\n);');
    expect(tables).toEqual(['a', 'b_c']);
    expect(notNamed(tables, 'what is in `a`, and in b_c')).toEqual(['b_c']);
  });
});

describe('the architecture decision records', () => {
  it('are numbered without gaps, and each has a title, a status, a date and three parts', () => {
    expect(records.length).toBeGreaterThan(0);
    expect(records.flatMap((path, index) => recordFaults(path, index + 1, readProjectFile(path)))).toEqual(
      [],
    );
  });

  it('are refused without a status, out of order, or without consequences', () => {
    const text =
      '# 2. Unknown is no\n\nAccepted, 2026-11-23\n\n## Context\n\n## Decision\n\n## Consequences\n';
    expect(recordFaults('docs/adr/0002-unknown-is-no.md', 2, text)).toEqual([]);
    expect(recordFaults('docs/adr/0002-unknown-is-no.md', 3, text)).not.toEqual([]);
    expect(
      recordFaults('docs/adr/0002-unknown-is-no.md', 2, text.replace('Accepted', 'Perhaps')),
    ).toHaveLength(1);
    expect(
      recordFaults('docs/adr/0002-unknown-is-no.md', 2, text.replace('## Consequences', '')),
    ).toHaveLength(1);
  });
});

function tablesIn(migration: string): string[] {
  const made = /^create (?:unlogged )?table (?:if not exists )?([a-z_]+)/gm;
  return [...migration.matchAll(made)].map(([, name = '']) => name);
}

function notNamed(tables: readonly string[], text: string): string[] {
  return tables.filter((table) => !text.includes(`\`${table}\``));
}

/** The folders in the table of features that have a line about them. */
function featuresIn(text: string): string[] {
  const [, part = ''] = text.split(/^### The features$/m);
  const [table = ''] = part.split(/^###? /m);
  return [...table.matchAll(/^\| `([a-z-]+)` \| \S.*\|$/gm)].map((match) => match[1] ?? '').sort();
}

function brokenLinks(path: string, text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => (match[1] ?? '').replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
    .map((target) => posix.normalize(posix.join(posix.dirname(path), target)).replace(/\/$/, ''))
    .filter((target) => !files.some((file) => file === target || file.startsWith(`${target}/`)))
    .map((target) => `${path} links to ${target}`);
}

function recordFaults(path: string, number: number, text: string): string[] {
  const faults: string[] = [];
  const prefix = `docs/adr/${String(number).padStart(4, '0')}-`;
  if (!path.startsWith(prefix)) faults.push(`${path} should start with ${prefix}`);
  if (!text.startsWith(`# ${number}. `)) faults.push(`${path} should open with "# ${number}." and its title`);
  if (!/^(?:Proposed|Accepted|Superseded by \[ADR \d+\]\([^)]+\)), \d{4}-\d{2}-\d{2}$/m.test(text)) {
    faults.push(`${path} has no status with a date`);
  }
  const missing = ['Context', 'Decision', 'Consequences'].filter((part) => !text.includes(`\n## ${part}\n`));
  return [...faults, ...missing.map((part) => `${path} lacks "## ${part}"`)];
}

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { printDecisionTables } from '../../src/domain/decision-table.ts';

/** The page whose tables the engine prints. */
export const domainPage = fileURLToPath(new URL('../../docs/domain.md', import.meta.url));

/** The page with every table between its markers as the engine prints it now. Throws for a marker without a table. */
export function withPrintedTables(page: string): string {
  const tables = printDecisionTables();
  return page.replace(/<!-- engine: (\S+) -->[\s\S]*?<!-- end -->/g, (_, name: string) => {
    const table = tables[name];
    if (table === undefined) throw new RangeError(`The engine prints no table named ${name}.`);
    return `<!-- engine: ${name} -->\n\n${table}\n\n<!-- end -->`;
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(domainPage, withPrintedTables(readFileSync(domainPage, 'utf8')));
}

import { createWriteStream, existsSync } from 'node:fs';
import { access, constants, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import type { ImportMapping } from '../domain/import-mapping.ts';
import { parseImportMapping } from '../domain/import-mapping.ts';
import { countWords } from '../domain/plain-words.ts';
import { recordAccess } from '../features/access/service.ts';
import { isDemonstration } from '../features/demonstration/service.ts';
import { planImport } from '../features/imports/plan/service.ts';
import { proposeMappingOf } from '../features/imports/proposal/service.ts';
import { reverseImport } from '../features/imports/reversal/service.ts';
import type { ImportProgress } from '../features/imports/run.ts';
import type { ImportBatch, ImportOutcome } from '../features/imports/service.ts';
import { rejectsCsv, runImport } from '../features/imports/service.ts';
import { ConflictError, InvalidError } from '../platform/application-error.ts';
import { isDatabaseAway } from '../platform/database-away.ts';
import { planReport, totalsReport } from './import-report.ts';
import type { Format } from './output.ts';
import { answer, example, Progress, tell, WrongUsage, withFormat } from './output.ts';
import { commandLine, withContext } from './session.ts';

interface ImportOptions {
  readonly vehicles?: string;
  readonly mapping: readonly string[];
  readonly dryRun?: true;
  readonly proposeMapping?: string;
  readonly force?: true;
  readonly rejects?: string;
  readonly format: Format;
}

/** `import` and `import reverse`. */
export function addImportCommands(program: Command): void {
  const command = withFormat(
    program
      .command('import [customers]')
      .description(
        'Import a customer file, and the vehicles that belong to it; run it again after a crash to go on',
      )
      .option('--vehicles <file>', 'the vehicle file')
      .option('--mapping <file...>', 'how the columns of another layout are read (see --propose-mapping)', [])
      .option('--dry-run', 'say what would happen, under each policy, and change nothing')
      .option(
        '--propose-mapping <file>',
        'look at the columns, write a mapping to check to this file, and stop',
      )
      .option('--force', 'with --propose-mapping: replace a mapping that is there')
      .option('--rejects <file>', 'write the rejected rows, and the values left out, to this CSV file'),
  );
  example(
    command,
    'npm run -s navigator -- import customers.csv --vehicles vehicles.csv --dry-run',
    'npm run -s navigator -- import old-system.csv --propose-mapping mapping.json',
    'npm run -s navigator -- import old-system.csv --mapping mapping.json --rejects rejected.csv',
  ).action(async (customers: string | undefined, options: ImportOptions) => {
    if (customers === undefined) throw new WrongUsage('Name the customer file to import.');
    if (options.proposeMapping !== undefined)
      return propose(customers, options.proposeMapping, options.force);
    await importFiles(customers, options);
  });
  example(
    withFormat(
      command
        .command('reverse <batch>')
        .description(
          'Take an import back: permissions become what they were, untouched new customers are removed',
        ),
    ),
    'npm run -s navigator -- import reverse 0195f3c0-0000-7000-8000-000000000000',
  ).action(async (batch: string, options: { format: Format }) => {
    await withContext(async (context) => {
      const progress = new Progress('Customers taken back');
      const reversed = await reverseImport(context, batch, commandLine, {
        onProgress: ({ customers }) => progress.show(customers),
      });
      progress.end();
      answer(options.format, reversed, () => {
        const { removed = 0, kept = 0, corrected = 0 } = reversed.totals.reversal ?? {};
        return `The import was taken back: ${countWords(removed, 'customer')} removed, ${kept} kept because somebody changed them since, ${countWords(corrected, 'ledger entry', 'ledger entries')} made void.`;
      });
    });
  });
}

const madeUpPeople =
  'Warning: this database holds the demonstration dealership, whose people are made up. Import your own customers into ' +
  'an installation of your own: set NAVIGATOR_DEMO=off and NAVIGATOR_DATA to a new folder, for every command.';

async function importFiles(customersFile: string, options: ImportOptions): Promise<void> {
  if (options.rejects !== undefined) await assertWritable(options.rejects);
  const mappings = await Promise.all(options.mapping.map(readMapping));
  const request = {
    customersFile,
    ...(options.vehicles === undefined ? {} : { vehiclesFile: options.vehicles }),
    ...(mappings.length === 0 ? {} : { mappings }),
  };
  await withContext(async (context, interruption) => {
    if (await isDemonstration(context)) tell(madeUpPeople);
    const shown = new ShownProgress();
    const onProgress = (progress: ImportProgress): void => {
      interruption.throwIfAborted();
      shown.show(progress);
    };
    if (options.dryRun === true) {
      const plan = await planImport(context, request, { onProgress });
      shown.end();
      answer(options.format, plan, () => planReport(plan));
      return;
    }
    const { batch, outcome } = await runImport(context, request, {
      startedBy: commandLine.id ?? 'command line',
      onProgress,
    });
    shown.end();
    if (outcome === 'at_work') throw alreadyAtWork(batch.id);
    answer(options.format, { batch, outcome }, () => outcomeReport(batch, outcome));
    if (options.rejects === undefined) return;
    await recordAccess(context, commandLine, 'import rejects read', null, { importId: batch.id });
    await writeRejects(rejectsCsv(context, batch.id), options.rejects);
    tell(`Rejected rows, and values left out, are in ${options.rejects}.`);
  });
}

/** Under its name only when it is complete: half a list of rejected rows looks like a whole one. */
async function writeRejects(rows: ReturnType<typeof rejectsCsv>, file: string): Promise<void> {
  const unfinished = `${file}.part`;
  try {
    await pipeline(rows, createWriteStream(unfinished, { mode: 0o600 }));
    await rename(unfinished, file);
  } catch (cause) {
    await rm(unfinished, { force: true });
    throw isDatabaseAway(cause) ? cause : unwritable(file, cause);
  }
}

function alreadyAtWork(batchId: string): ConflictError {
  return new ConflictError(
    `These files are being imported as ${batchId} by another process: wait until it is done.`,
    { code: 'import-running' },
  );
}

type Outcome = Exclude<ImportOutcome['outcome'], 'at_work'>;

function outcomeReport(batch: ImportBatch, outcome: Outcome): string {
  const openings: Readonly<Record<Outcome, string>> = {
    imported: `Imported as ${batch.id}.`,
    resumed: `Went on with ${batch.id} and finished it.`,
    already_imported: `These files were imported before as ${batch.id}: nothing was changed. What it did then:`,
  };
  return `${openings[outcome]}\n${totalsReport(batch.totals)}`;
}

async function propose(file: string, out: string, force = false): Promise<void> {
  const proposal = await proposeMappingOf(file);
  const text = `${JSON.stringify(proposal.mapping, null, 2)}\n`;
  await writeFile(out, text, { flag: force ? 'w' : 'wx' }).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(out, cause);
    throw new ConflictError(
      `${out} is there already, and somebody may have corrected it: choose another name, or add --force.`,
      { cause },
    );
  });
  for (const note of proposal.notes) tell(note);
  process.stdout.write(`A mapping to check is in ${out}. Correct it, then import with --mapping ${out}.\n`);
}

/** Before anything is imported, so that nobody learns afterwards that the rejects have no place. */
async function assertWritable(file: string): Promise<void> {
  try {
    await access(path.dirname(path.resolve(file)), constants.W_OK);
    if (!existsSync(file)) return;
    await access(file, constants.W_OK);
    if ((await stat(file)).isDirectory()) throw new TypeError('It is a folder.');
  } catch (cause) {
    throw unwritable(file, cause);
  }
}

function unwritable(file: string, cause: unknown): InvalidError {
  return new InvalidError(
    `The file ${file} cannot be written: check its folder and that you may write there.`,
    {
      cause,
    },
  );
}

async function readMapping(file: string): Promise<ImportMapping> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new InvalidError(`The mapping ${file} cannot be read: check its name and that you may open it.`, {
      cause,
    });
  });
  const result = parseImportMapping(text);
  if (!result.ok) throw new InvalidError(`${file}: ${result.sentence}`);
  return result.mapping;
}

/** Progress of one file after the other. */
class ShownProgress {
  #phase = '';
  #progress: Progress | undefined;

  show({ phase, rows }: ImportProgress): void {
    if (phase !== this.#phase) {
      this.end();
      this.#phase = phase;
      this.#progress = new Progress(phase === 'finishing' ? 'Finishing' : `Read ${phase}`);
    }
    this.#progress?.show(rows);
  }

  end(): void {
    this.#progress?.end();
  }
}

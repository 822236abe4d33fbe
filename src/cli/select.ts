import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { countWords } from '../domain/plain-words.ts';
import { unknownFieldsOf } from '../domain/selection-criteria.ts';
import { selectionFieldNames } from '../domain/selection-fields.ts';
import { channels, purposes } from '../domain/vocabulary.ts';
import type {
  ExportColumn,
  ExportReport,
  LeftOut,
  Selection,
  SelectionCount,
} from '../features/mailshots/contract.ts';
import { exportColumns, exportColumnsSchema, selectionSchema } from '../features/mailshots/contract.ts';
import { exportSelection } from '../features/mailshots/export/service.ts';
import { countSelection } from '../features/mailshots/service.ts';
import { InvalidError } from '../platform/application-error.ts';
import { readBySchema } from '../platform/schema-faults.ts';
import type { Format } from './output.ts';
import { answer, dayAndTime, example, Progress, table, WrongUsage, withFormat } from './output.ts';
import { commandLine, withContext } from './session.ts';

interface SelectOptions {
  readonly channel: string;
  readonly category: string;
  readonly company?: string;
  readonly recall?: true;
  readonly promotion?: true;
  readonly criteria?: string;
  readonly export?: string;
  readonly columns: ExportColumn[];
  readonly leftOut?: string;
  readonly format: Format;
}

const defaultColumns: ExportColumn[] = ['customer_number', 'name', 'contact'];

/** `select`: how many may be written to and why the others not, and the list itself. */
export function addSelectCommand(program: Command): void {
  example(
    withFormat(
      program
        .command('select')
        .description(
          'Count who may be written to and who is left out for which reason; with --export write the mailing list.\n' +
            'Stored answers hold stages S1 to S7. The frequency cap is applied here too; contact hours and the\n' +
            'content of the message (S8, S9) are for the moment of sending.',
        )
        .addOption(
          new Option('--channel <channel>', 'the channel').choices([...channels]).makeOptionMandatory(),
        )
        .addOption(
          new Option('--category <category>', 'what it is about')
            .choices([...purposes])
            .makeOptionMandatory(),
        )
        .option('--company <name>', 'full name of the company, for third-party marketing')
        .option('--recall', 'it is a safety recall (with --category service_message)')
        .option('--promotion', 'the message contains promotion')
        .option('--criteria <file>', 'JSON file with the criteria; everybody without it')
        .option('--export <file>', 'write the list to this CSV file; decided again at this moment')
        .option(
          '--columns <columns>',
          `comma-separated, of: ${exportColumns.join(', ')}`,
          readColumns,
          defaultColumns,
        )
        .option(
          '--left-out <file>',
          'with --export: write everybody left out, with the reasons, to this CSV file',
        ),
    ),
    'npm run -s navigator -- select --channel letter --category service_follow_up',
    'npm run -s navigator -- select --channel sms --category general_marketing --export list.csv --left-out left-out.csv',
    'npm run -s navigator -- select --channel letter --category service_follow_up --criteria fords.json',
    '  where fords.json is {"all": [{"field": "make", "one_of": ["Ford", "Vauxhall"]}]}',
  ).action(async (options: SelectOptions) => {
    refuseUnfittingFiles(options);
    const selection = await readSelection(options);
    if (options.export === undefined) await count(selection, options.format);
    else await exportList(selection, options, options.export);
  });
}

function refuseUnfittingFiles({ export: list, leftOut }: SelectOptions): void {
  if (leftOut === undefined) return;
  if (list === undefined) throw new WrongUsage('--left-out is written with a list: add --export.');
  if (path.resolve(list) === path.resolve(leftOut)) {
    throw new WrongUsage('The list and those left out need a file each: give --left-out another name.');
  }
}

async function count(selection: Selection, format: Format): Promise<void> {
  await withContext(async (context) => {
    const progress = new Progress('Judged customers');
    const counted = await countSelection(context, selection, {
      onProgress: ({ judged }) => progress.show(judged),
    });
    progress.end();
    answer(format, counted, () => countReport(counted));
  });
}

async function exportList(selection: Selection, options: SelectOptions, file: string): Promise<void> {
  const progress = new Progress('Judged customers');
  const report = await withContext((context) =>
    exportSelection(context, selection, {
      file,
      columns: options.columns,
      actor: commandLine,
      onProgress: ({ judged }) => progress.show(judged),
      ...(options.leftOut === undefined ? {} : { leftOutFile: options.leftOut }),
    }),
  );
  progress.end();
  answer(options.format, report, () => exportReport(report, file));
}

function readColumns(text: string): ExportColumn[] {
  const result = exportColumnsSchema.safeParse(text.split(',').map((column) => column.trim()));
  if (result.success) return result.data;
  throw new InvalidArgumentError(`Columns are ${exportColumns.join(', ')}, each at most once.`);
}

async function readSelection(options: SelectOptions): Promise<Selection> {
  const criteria = options.criteria === undefined ? undefined : await readCriteria(options.criteria);
  const result = readBySchema(selectionSchema, {
    channel: options.channel,
    category: options.category,
    ...(options.company === undefined ? {} : { company: options.company }),
    ...(options.recall === undefined ? {} : { recall: true }),
    ...(options.promotion === undefined ? {} : { promotion: true }),
    ...(criteria === undefined ? {} : { criteria }),
  });
  if ('value' in result) return result.value;
  const [unknown] = unknownFieldsOf(criteria);
  if (unknown !== undefined) {
    throw new InvalidError(
      `criteria: "${unknown}" is not a field; use one of ${selectionFieldNames.join(', ')}.`,
    );
  }
  const [fault] = result.error.faults;
  throw new InvalidError(`${fault?.field ?? 'selection'}: ${fault?.message ?? 'cannot be read'}`);
}

async function readCriteria(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new InvalidError(`The criteria in ${file} cannot be read: it has to be a JSON file.`, { cause });
  }
}

/** A count as a person reads it: the answer first and large, then why the others are left out. */
export function countReport(count: SelectionCount): string {
  return [
    count.plainEnglish,
    `${figure(count.matching)} match, ${figure(count.permitted)} may be contacted. As of ${dayAndTime(count.asOf)}, policy version ${count.policyVersion}.`,
    ...leftOutLines(count.leftOut),
    ...count.warnings.map((warning) => `! ${warning.sentence}`),
  ].join('\n');
}

function exportReport(report: ExportReport, file: string): string {
  return [
    report.plainEnglish,
    `${countWords(report.rows, 'row')} about ${countWords(report.people, 'person', 'people')} in ${file}; ${figure(report.matching)} matched.`,
    `SHA-256 ${report.sha256}, recorded as export ${report.exportId}.`,
    ...leftOutLines(report.leftOut),
    ...report.warnings.map((warning) => `! ${warning.sentence}`),
  ].join('\n');
}

const assessmentMissing =
  'LIA_MISSING: record the legitimate-interests assessment that this rests on, if you have made one: ' +
  'npm run -s navigator -- assessment record --help';

function leftOutLines(leftOut: readonly LeftOut[]): string[] {
  if (leftOut.length === 0) return [];
  const rows = leftOut.map(({ reasons, sentences, people }) => [
    people,
    reasons.join(', '),
    sentences.join(' '),
  ]);
  const lacksAssessment = leftOut.some(({ reasons }) => reasons.includes('LIA_MISSING'));
  return [
    '',
    table(['Left out', 'Reason', 'In words'], rows),
    ...(lacksAssessment ? ['', assessmentMissing] : []),
  ];
}

function figure(value: number): string {
  return value.toLocaleString('en-GB');
}

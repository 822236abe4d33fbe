import { ambiguitySentences } from '../domain/import-ambiguity.ts';
import { countWords } from '../domain/plain-words.ts';
import { categories, channels } from '../domain/vocabulary.ts';
import type { ImportPlan, ImportTotals } from '../features/imports/contract.ts';
import { table } from './output.ts';

/** The reports of a dry run and of an import, as a person reads them. */
const flagNames: Readonly<Record<keyof ImportTotals['byFlag'], string>> = {
  none: 'neither flag',
  no_follow_up: 'No Follow-Up only',
  no_marketing: 'No Marketing only',
  both: 'both flags',
  not_said: 'the file has no flags',
};
const shownMax = 10;

export function planReport(plan: ImportPlan): string {
  const { permitted } = plan;
  const rows = channels.flatMap((channel) =>
    categories.map((category) => [
      channel,
      category,
      permitted.pecr_strict[channel][category],
      permitted.assume_legitimate_interest[channel][category],
    ]),
  );
  return [
    'Dry run: nothing was changed.',
    ...(plan.alreadyImported
      ? ['These files were imported before: importing them again changes nothing.']
      : []),
    '',
    totalsReport(plan.totals),
    '',
    `What each policy would permit of the ${count(permitted.customers)} new customers (${vehiclesOf(plan)}):`,
    table(['Channel', 'Category', 'pecr_strict', 'assume_legitimate_interest'], rows),
    ...rejectLines(plan),
    ...(plan.carriesOldFlags && !plan.policyChosen
      ? [
          '',
          'The file carries old data-protection flags and no policy has been chosen yet. Choose one, then import:',
          '  npm run -s navigator -- policy set pecr_strict',
        ]
      : []),
  ].join('\n');
}

function vehiclesOf({ totals, permitted }: ImportPlan): string {
  if (totals.vehicles.rows === 0) return 'without vehicles; service follow-up as if each had one';
  return `${count(permitted.withVehicle)} with a vehicle`;
}

function rejectLines({ firstRejects }: ImportPlan): string[] {
  if (firstRejects.length === 0) return [];
  const rows = firstRejects
    .slice(0, shownMax)
    .map(({ file, line, column, reason }) => [file, String(line), column, reason]);
  return ['', 'First rejected rows:', table(['File', 'Line', 'Column', 'Reason'], rows)];
}

export function totalsReport(totals: ImportTotals): string {
  const { customers, vehicles } = totals;
  const flags = Object.entries(totals.byFlag)
    .filter(([, rows]) => rows > 0)
    .map(([flag, rows]) => [flagNames[flag as keyof ImportTotals['byFlag']], rows]);
  return [
    `Customers: ${countWords(customers.rows, 'row')}, ${count(customers.created)} new, ${count(customers.alreadyHere)} already here, ` +
      `${count(customers.repeated)} repeated, ${count(customers.rejected)} rejected; a no was added to ${count(customers.flagsAdded)}.`,
    ...refusalLines(totals),
    `Vehicles: ${countWords(vehicles.rows, 'row')}, ${count(vehicles.created)} new, ${count(vehicles.linked)} linked, ` +
      `${count(vehicles.alreadyLinked)} already linked, ${count(vehicles.rejected)} rejected.`,
    ...(totals.branchesCreated.length === 0 ? [] : [`New branches: ${totals.branchesCreated.join(', ')}.`]),
    '',
    table(['Old flags', 'Customers'], flags),
    ...ambiguousLines(totals),
    ...warningLines(totals),
  ].join('\n');
}

function refusalLines({ rejectedWithNo = 0 }: ImportTotals): string[] {
  if (rejectedWithNo === 0) return [];
  return [
    `${count(rejectedWithNo)} of the rejected customer rows carry a no: whoever has the same number in this file or on file is given it.`,
  ];
}

function ambiguousLines({ ambiguous, firstAmbiguous }: ImportTotals): string[] {
  const kinds = Object.entries(ambiguous);
  if (kinds.length === 0) return [];
  const example = (reason: string): string =>
    firstAmbiguous
      .filter((record) => record.reason === reason)
      .slice(0, 3)
      .map(({ file, line }) => `${file} line ${line}`)
      .join(', ');
  return [
    '',
    'Look at these:',
    ...kinds.map(
      ([reason, records]) =>
        `  ${count(records)} × ${ambiguitySentences[reason as keyof typeof ambiguitySentences]} (${example(reason)})`,
    ),
  ];
}

function warningLines({ warnings, firstWarnings }: ImportTotals): string[] {
  const kinds = Object.entries(warnings);
  if (kinds.length === 0) return [];
  const places = (warning: string): string =>
    firstWarnings
      .filter(({ column, reason }) => `${column}: ${reason}` === warning)
      .slice(0, 3)
      .map(({ file, line }) => `${file} line ${line}`)
      .join(', ');
  return [
    '',
    'Warnings:',
    ...kinds.map(([warning, rows]) => `  ${count(rows)} × ${warning} (${places(warning)})`),
  ];
}

function count(value: number): string {
  return value.toLocaleString('en-GB');
}

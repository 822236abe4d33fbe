import type { Facts } from '../../../domain/facts.ts';
import type { LedgerAct } from '../../../domain/ledger-event.ts';
import { refusesMarketing } from '../../../domain/legacy-flags.ts';
import { searchNamesOf } from '../../../domain/person-name.ts';
import type { LegacyFlag } from '../../../domain/vocabulary.ts';
import { nowOf } from '../../../platform/context.ts';
import { gatherFacts } from '../../facts/service.ts';
import { policyAt } from '../../settings/service.ts';
import type { ImportTotals } from '../contract.ts';
import type { CustomerRow } from '../reading.ts';
import type { ImportRun } from '../run.ts';
import { noteAmbiguous } from '../totals.ts';
import type { FileRefusers } from './in-file.ts';
import { normalisedOf, personKey } from './in-file.ts';
import { findHolders } from './store.ts';

/**
 * Whoever comes under a new customer number and said no under another one.
 * Guarantees that an import assumes nothing of a person of whom a no is known, on file before it or in any row of it:
 * by the same name, and the same number or address. Members of one household are not one person, so the given name
 * counts, too.
 */
interface Comer {
  readonly row: CustomerRow;
  readonly legacy: LegacyFlag | null;
  assumed: boolean;
}

/** Marks them, and notes each for a person to look at. */
export async function assumeNothingOfRefusers(
  run: Pick<ImportRun, 'context' | 'reader' | 'batchId'>,
  newcomers: readonly Comer[],
  refusers: FileRefusers,
  totals: ImportTotals,
): Promise<void> {
  // Of whoever refuses marketing, nothing is assumed that could be wrong.
  const assumable = newcomers.filter(({ legacy }) => legacy !== null && !refusesMarketing(legacy));
  const told = assumable.map((comer): ToldComer => {
    const names = searchNamesOf(comer.row);
    const normalised = normalisedOf(comer.row);
    const persons = normalised.map((point) => personKey(names, point));
    return { comer, searchName: names.searchName, normalised, persons };
  });
  const onFile = await findRefusersOnFile(run, told, refusers);
  for (const { comer, persons } of told) {
    const { customerNumber } = comer.row;
    const refused = persons.some((person) => onFile.has(person));
    if (!refused && !refusers.hasUnderAnotherNumber(persons, customerNumber)) continue;
    comer.assumed = false;
    noteAmbiguous(totals, 'customers', comer.row, 'said_no_under_another_number');
  }
}

interface ToldComer {
  readonly comer: Comer;
  readonly searchName: string;
  readonly normalised: readonly string[];
  /** The same person has one of these keys at least. */
  readonly persons: readonly string[];
}

/** The keys of whoever of them is on file with a no. */
async function findRefusersOnFile(
  { context, reader, batchId }: Pick<ImportRun, 'context' | 'reader' | 'batchId'>,
  told: readonly ToldComer[],
  refusers: FileRefusers,
): Promise<ReadonlySet<string>> {
  const normalised = new Set(told.flatMap((one) => one.normalised));
  if (normalised.size === 0) return new Set();
  const names = new Set(told.map(({ searchName }) => searchName));
  const namesakes = await findHolders(reader.db, [...normalised], [...names], batchId);
  if (namesakes.length === 0) return new Set();
  const keys = new Set(told.flatMap(({ persons }) => persons));
  const holders = namesakes.filter((holder) => keys.has(personKey(holder, holder.normalised)));
  if (holders.length === 0) return new Set();
  const { settings } = await policyAt(context);
  const ids = [...new Set(holders.map(({ customerId }) => customerId))];
  const gathered = await gatherFacts(reader.db, context, ids, settings, nowOf(context));
  // What this very file refuses for a customer on file counts in its dry run, too, and whichever row comes first.
  const refusing = holders.filter(
    ({ customerId, customerNumber }) =>
      saidNo(gathered.get(customerId)?.facts) || refusers.hasNumber(customerNumber),
  );
  return new Set(refusing.map((holder) => personKey(holder, holder.normalised)));
}

/** Any no at all: what exactly was refused is told on the other record, and what is assumed here is everything. */
function saidNo(facts: Facts | undefined): boolean {
  if (facts === undefined) return false;
  const { objectedAt, legacy, cells, scopedCells, person, vehicles } = facts;
  return (
    objectedAt !== null ||
    (legacy !== null && legacy.flag !== 'none') ||
    [...cells, ...(scopedCells?.values() ?? [])].some(
      (cell) => cell !== undefined && cell.state !== 'granted',
    ) ||
    vehicles.some(({ optedOut }) => optedOut) ||
    person.erased ||
    person.deceased ||
    person.restricted ||
    person.careHold
  );
}

/** Without a flag column nothing is known of the time before, so nothing is assumed either. */
export function openingAct(legacy: LegacyFlag | null, assumed: boolean): LedgerAct {
  return legacy === null ? { kind: 'opened' } : { kind: 'imported', legacy, assumed };
}

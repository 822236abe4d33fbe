import { addDays, isLocalDate, londonDateOf } from '../../../domain/london.ts';
import { parsePhone } from '../../../domain/phone.ts';
import { parsePostcode } from '../../../domain/postcode.ts';
import { customerKinds, isCorporateSubscriber } from '../../../domain/vocabulary.ts';
import { InvalidError } from '../../../platform/application-error.ts';
import type { Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { policyAt } from '../../settings/service.ts';
import type { Screening } from '../service.ts';
import { recordScreenings } from '../service.ts';
import type { GivenResult, Register, ScreeningReport, ScreeningState } from './contract.ts';
import { registers } from './contract.ts';
import type { PersonAtAddress } from './store.ts';
import { countScreenings, countToScreen, findPeopleAt } from './store.ts';

/**
 * Screening against TPS, CTPS and MPS, as the licensee of a register gets its answers back (PECR 21; CAP 10).
 * Guarantees that what cannot be read makes nobody clear, that a subject which is listed anywhere in one delivery is
 * listed, and that everybody concerned is judged again.
 */

/** One row of a delivery; a row with a `fault` is refused. */
export interface DeliveredRow {
  /** The line of the file, or the place in the request from 1. */
  readonly row: number;
  readonly result: GivenResult;
  readonly fault?: { readonly field: string; readonly sentence: string };
}

const refusedListed = 200;
const rowsAtOnce = 1_000;

/** Records results given one by one. Throws InvalidError for a day that is none or lies in the future. */
export async function recordResults(
  context: Context,
  given: {
    readonly register: Register;
    readonly screenedOn?: string;
    readonly results: readonly GivenResult[];
  },
): Promise<ScreeningReport> {
  const rows = given.results.map((result, index): DeliveredRow => ({ row: index + 1, result }));
  return recordDelivery(context, given.register, given.screenedOn, [rows]);
}

/**
 * Records what a register delivered, a thousand rows in each transaction. Delivered again, it changes nothing but the
 * day of recording. Throws InvalidError for a day that is none or lies in the future.
 */
export async function recordDelivery(
  context: Context,
  register: Register,
  given: string | undefined,
  pages: AsyncIterable<readonly DeliveredRow[]> | Iterable<readonly DeliveredRow[]>,
): Promise<ScreeningReport> {
  const today = londonDateOf(nowOf(context));
  const screenedOn = given ?? today;
  if (!isLocalDate(screenedOn) || screenedOn > today) {
    throw new InvalidError(
      'Give the day on which the register was asked: a date such as 2026-11-20, not in the future.',
      {
        field: 'screenedOn',
      },
    );
  }
  const report = { register, screenedOn, rows: 0, listed: 0, clear: 0, refused: 0, people: 0 };
  const firstRefused: ScreeningReport['firstRefused'] = [];
  const listed = new Set<string>();
  for await (const page of pages) {
    for (let start = 0; start < page.length; start += rowsAtOnce) {
      const read = await readRows(
        context,
        register,
        { screenedOn, today },
        page.slice(start, start + rowsAtOnce),
      );
      for (const screening of read.screenings) {
        if (screening.listedOn !== null) listed.add(subjectOf(screening));
      }
      // Listed further up in the same delivery: another row of the same subject does not clear it.
      const kept = read.screenings.filter(
        (screening) => screening.listedOn !== null || !listed.has(subjectOf(screening)),
      );
      report.people += await recordScreenings(context, kept);
      report.rows += read.listed + read.clear + read.refused.length;
      report.listed += read.listed;
      report.clear += read.clear;
      report.refused += read.refused.length;
      firstRefused.push(...read.refused.slice(0, refusedListed - firstRefused.length));
    }
  }
  return { ...report, firstRefused };
}

function subjectOf(screening: Screening): string {
  return screening.register === 'mps' ? screening.customerId : screening.number;
}

interface ReadPage {
  readonly screenings: Screening[];
  readonly refused: ScreeningReport['firstRefused'];
  listed: number;
  clear: number;
}

interface Days {
  readonly screenedOn: string;
  readonly today: string;
}

async function readRows(
  context: Context,
  register: Register,
  days: Days,
  rows: readonly DeliveredRow[],
): Promise<ReadPage> {
  const people = register === 'mps' ? await peopleAt(context, rows) : new Map<string, PersonAtAddress[]>();
  const page: ReadPage = { screenings: [], refused: [], listed: 0, clear: 0 };
  for (const { row, result, fault } of rows) {
    const read = fault ?? readRow(register, days, result, people);
    if ('sentence' in read) {
      page.refused.push({ row, field: read.field, sentence: read.sentence });
      continue;
    }
    page.screenings.push(...read);
    if (result.listed) page.listed += 1;
    else page.clear += 1;
  }
  return page;
}

function readRow(
  register: Register,
  { screenedOn, today }: Days,
  result: GivenResult,
  people: ReadonlyMap<string, readonly PersonAtAddress[]>,
): Screening[] | { readonly field: string; readonly sentence: string } {
  const since = result.listedOn ?? screenedOn;
  if (since > today) return { field: 'listedOn', sentence: 'The day of the listing lies in the future.' };
  const listedOn = result.listed ? since : null;
  if (register !== 'mps') {
    const phone = parsePhone(result.number ?? '');
    if (!phone.ok) return { field: 'number', sentence: phone.sentence };
    return [{ register, number: phone.e164, listedOn, screenedOn }];
  }
  const postcode = parsePostcode(result.postcode ?? '');
  if (!postcode.ok) return { field: 'postcode', sentence: postcode.sentence };
  const [line1, surname] = [comparable(result.line1), comparable(result.surname)];
  if (!result.listed && line1 === '') {
    return {
      field: 'line1',
      sentence: 'A postcode alone clears nobody: give the first line of the address.',
    };
  }
  const meant = (people.get(postcode.postcode.replaceAll(' ', '')) ?? []).filter(
    (person) =>
      (line1 === '' || comparable(person.line1) === line1) &&
      (surname === '' || person.surname === null || comparable(person.surname) === surname),
  );
  if (meant.length === 0) {
    return { field: 'postcode', sentence: 'Nobody on file has this address, so nothing was recorded.' };
  }
  return meant.map(({ customerId }) => ({ register, customerId, listedOn, screenedOn }));
}

function comparable(text: string | null | undefined): string {
  return (text ?? '').toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

async function peopleAt(
  context: Context,
  rows: readonly DeliveredRow[],
): Promise<ReadonlyMap<string, PersonAtAddress[]>> {
  const postcodes = rows.flatMap(({ result }) => {
    const postcode = parsePostcode(result.postcode ?? '');
    return postcode.ok ? [postcode.postcode.replaceAll(' ', '')] : [];
  });
  const found = new Map<string, PersonAtAddress[]>();
  for (const person of await findPeopleAt(context.database.db, [...new Set(postcodes)])) {
    found.set(person.postcode, [...(found.get(person.postcode) ?? []), person]);
  }
  return found;
}

/** How the registers stand, and how many numbers on file still have to be screened. */
export async function screeningState(context: Context): Promise<ScreeningState> {
  const { db } = context.database;
  const { tpsScreeningMaxAgeDays: maxAgeDays } = (await policyAt(context)).settings;
  const since = addDays(londonDateOf(nowOf(context)), -maxAgeDays);
  const counted = await countScreenings(db);
  const toScreen = await countToScreen(db, since, customerKinds.filter(isCorporateSubscriber));
  return {
    maxAgeDays,
    registers: registers.map((register) => {
      const {
        screened = 0,
        listed = 0,
        lastScreenedOn = null,
      } = counted.find((row) => row.register === register) ?? {};
      return {
        register,
        screened,
        listed,
        lastScreenedOn,
        toScreen: register === 'mps' ? null : toScreen[register],
      };
    }),
  };
}

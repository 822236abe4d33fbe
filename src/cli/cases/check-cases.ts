import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { DecisionRequest } from '../../domain/decision-request.ts';
import { decideSelected } from '../../features/mailshots/service.ts';
import { permitContact } from '../../features/messages/service.ts';
import { knownThirdPartyIds } from '../../features/third-parties/service.ts';
import { InvalidError } from '../../platform/application-error.ts';
import { readBySchema } from '../../platform/schema-faults.ts';
import type { CaseContext, WrittenCase } from './case-database.ts';
import { choosePolicy, writeCases } from './case-database.ts';
import { caseRequest, decideCase } from './case-engine.ts';
import type { Case, CaseOutcome } from './case-format.ts';
import { caseSchema } from './case-format.ts';
import { casePolicy } from './case-history.ts';

/**
 * Cases: the rules as examples, written by whoever answers for them, run through the production code.
 * Guarantees that a case which cannot be read or run counts as failed, never as passed.
 */
export interface CaseFile {
  readonly cases: readonly Case[];
  /** Rows that are not cases, as outcomes that failed. */
  readonly unreadable: readonly CaseOutcome[];
}

/** Throws InvalidError when the file cannot be read at all or holds no list of cases. */
export async function readCases(file: string): Promise<CaseFile> {
  const rows = await readRows(file);
  const cases: Case[] = [];
  const unreadable: CaseOutcome[] = [];
  for (const [index, row] of rows.entries()) {
    const result = readBySchema(caseSchema, row);
    if ('value' in result) {
      cases.push(result.value);
      continue;
    }
    const [fault] = result.error.faults;
    unreadable.push({
      id: idOf(row) ?? `row ${index + 1}`,
      passed: false,
      expected: 'a readable case',
      got: `${fault?.field ?? ''}: ${fault?.message ?? 'not a case'}`,
    });
  }
  return { cases, unreadable };
}

/** Runs cases straight through the pure engine. */
export function checkByEngine(cases: readonly Case[]): CaseOutcome[] {
  return cases.map((item) => {
    try {
      return caseOutcome(item, decideCase(item));
    } catch (error) {
      return failedCase(item, error);
    }
  });
}

/**
 * Runs cases through a scratch database: written by the product's own services, read back as facts, and
 * decided by the gate that sending uses.
 */
export async function checkByDatabase(context: CaseContext, cases: readonly Case[]): Promise<CaseOutcome[]> {
  return checkWritten(context, cases, async (written, request, at) => {
    const answer = await permitContact(context, written.customerId, request, { at });
    const { verdict, reasons } = 'permitted' in answer ? answer.permitted.decision : answer.refused;
    return { verdict, reasons };
  });
}

/**
 * Runs cases through the bulk path of mailshots: everybody of the file is in the database, and each question
 * is asked of all of them at once, about the vehicle each has.
 */
export async function checkBySelection(context: CaseContext, cases: readonly Case[]): Promise<CaseOutcome[]> {
  let asked: { readonly question: string; readonly answers: SelectedAnswers } | undefined;
  return checkWritten(context, cases, async (written, request, at, everybody) => {
    const { vehicleId: _, ...alike } = request;
    const question = JSON.stringify([at, casePolicy(written.item), alike]);
    if (asked?.question !== question) {
      const vehicles = new Map(everybody.map(({ customerId, vehicleId }) => [customerId, vehicleId]));
      const answers = await decideSelected(context, {
        customerIds: [...vehicles.keys()],
        request: (customerId) => ({ ...request, vehicleId: vehicles.get(customerId) ?? null }),
        at,
      });
      asked = { question, answers };
    }
    const answer = asked.answers.get(written.customerId);
    if (answer === undefined) throw new Error('the selection did not answer for this customer');
    return answer;
  });
}

type SelectedAnswers = Awaited<ReturnType<typeof decideSelected>>;

type Ask = (
  written: WrittenCase,
  request: DecisionRequest,
  at: number,
  everybody: readonly WrittenCase[],
) => Promise<{ readonly verdict: string; readonly reasons: readonly string[] }>;

/** Cases are asked in the order of their instants: a policy never takes effect in the past. */
async function checkWritten(context: CaseContext, cases: readonly Case[], ask: Ask): Promise<CaseOutcome[]> {
  const { written, refused } = await writeCases(context, cases);
  const outcomes = new Map([...refused].map(([item, error]) => [item, failedCase(item, error)]));
  const inTime = [...written].sort((a, b) => compareText(orderOf(a.item), orderOf(b.item)));
  for (const one of inTime) {
    const at = Date.parse(one.item.asked.when);
    try {
      await choosePolicy(context, one.item, at);
      const companies = await knownThirdPartyIds(context, [one.item.asked.third_party ?? ''].filter(Boolean));
      const company = companies.get(one.item.asked.third_party ?? '') ?? null;
      const request = caseRequest(one.item, one.vehicleId ?? '', company);
      outcomes.set(one.item, caseOutcome(one.item, await ask(one, request, at, written)));
    } catch (error) {
      outcomes.set(one.item, failedCase(one.item, error));
    }
  }
  return cases.map((item) => outcomes.get(item) ?? failedCase(item, new Error('it was not asked')));
}

/** By instant, then by policy, then by question, so that what is alike is asked together. */
function orderOf(item: Case): string {
  const at = new Date(Date.parse(item.asked.when)).toISOString();
  return [at, JSON.stringify(casePolicy(item)), JSON.stringify(item.asked)].join(' ');
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Holds an answer against what a case expects: the verdict, and every reason in order. */
function caseOutcome(
  item: Case,
  got: { readonly verdict: string; readonly reasons: readonly string[] },
): CaseOutcome {
  const expected = `${item.expect} ${item.reasons.join(', ')}`;
  const received = `${got.verdict} ${got.reasons.join(', ')}`;
  return { id: item.id, passed: expected === received, expected, got: received };
}

/** A case that could not be run is a case that failed. */
function failedCase(item: Case, error: unknown): CaseOutcome {
  const got = `could not be run: ${error instanceof Error ? error.message : String(error)}`;
  return { id: item.id, passed: false, expected: `${item.expect} ${item.reasons.join(', ')}`, got };
}

async function readRows(file: string): Promise<unknown[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new InvalidError(`The file ${file} cannot be read: check its name and that you may open it.`, {
      cause,
    });
  }
  let rows: unknown;
  try {
    rows = parse(text);
  } catch (cause) {
    throw new InvalidError(`The file ${file} is not YAML: ${(cause as Error).message.split('\n')[0]}`, {
      cause,
    });
  }
  if (!Array.isArray(rows)) throw new InvalidError(`The file ${file} holds no list of cases.`);
  return rows;
}

function idOf(row: unknown): string | null {
  if (typeof row !== 'object' || row === null || !('id' in row)) return null;
  return typeof row.id === 'string' ? row.id : null;
}

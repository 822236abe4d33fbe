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
import type { Case, CaseOutcome, CaseRoute } from './case-format.ts';
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

/** The ways that a question can take through a database. */
type DatabaseRoute = Exclude<CaseRoute, 'engine'>;

/**
 * Runs cases through a scratch database: written by the product's own services, read back as facts, and decided on
 * each of the ways asked for. Everybody of the file is in the database before the first question.
 */
export async function checkOnDatabase<Route extends DatabaseRoute>(
  context: CaseContext,
  cases: readonly Case[],
  routes: readonly Route[],
): Promise<Record<Route, readonly CaseOutcome[]>> {
  const { written, refused } = await writeCases(context, cases);
  const ways = routes.map((route) => ({
    route,
    ask: askBy[route](context, written),
    outcomes: new Map([...refused].map(([item, error]) => [item, failedCase(item, error)])),
  }));
  // why: in the order of their instants, since a policy never takes effect in the past.
  const inTime = [...written].sort((a, b) => compareText(orderOf(a.item), orderOf(b.item)));
  for (const one of inTime) {
    const question = await prepareQuestion(context, one);
    for (const { ask, outcomes } of ways) outcomes.set(one.item, await answerTo(one, question, ask));
  }
  const answered = ways.map(({ route, outcomes }) => [
    route,
    cases.map((item) => outcomes.get(item) ?? failedCase(item, new Error('it was not asked'))),
  ]);
  return Object.fromEntries(answered) as Record<Route, readonly CaseOutcome[]>;
}

interface Question {
  readonly request: DecisionRequest;
  /** Milliseconds. */
  readonly at: number;
}

interface Answer {
  readonly verdict: string;
  readonly reasons: readonly string[];
}

type Ask = (written: WrittenCase, question: Question) => Promise<Answer>;

const askBy: Readonly<
  Record<DatabaseRoute, (context: CaseContext, everybody: readonly WrittenCase[]) => Ask>
> = {
  database: askGate,
  selection: askSelection,
};

/** The gate that sending uses, one question at a time. */
function askGate(context: CaseContext): Ask {
  return async ({ customerId }, { request, at }) => {
    const answer = await permitContact(context, customerId, request, { at });
    return 'permitted' in answer ? answer.permitted.decision : answer.refused;
  };
}

/** The bulk path of mailshots: each question is asked of everybody at once, about the vehicle each has. */
function askSelection(context: CaseContext, everybody: readonly WrittenCase[]): Ask {
  const vehicles = new Map(everybody.map(({ customerId, vehicleId }) => [customerId, vehicleId]));
  let asked: { readonly question: string; readonly answers: ReadonlyMap<string, Answer> } | undefined;
  return async (written, { request, at }) => {
    const { vehicleId: _, ...alike } = request;
    const question = JSON.stringify([at, casePolicy(written.item), alike]);
    if (asked?.question !== question) {
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
  };
}

/** Puts the policy of a case in force, and names vehicle and company as the database knows them. */
async function prepareQuestion(
  context: CaseContext,
  one: WrittenCase,
): Promise<Question | { error: unknown }> {
  const { asked } = one.item;
  const at = Date.parse(asked.when);
  try {
    await choosePolicy(context, one.item, at);
    const companies = await knownThirdPartyIds(context, [asked.third_party ?? ''].filter(Boolean));
    const company = companies.get(asked.third_party ?? '') ?? null;
    return { request: caseRequest(one.item, one.vehicleId ?? '', company), at };
  } catch (error) {
    return { error };
  }
}

async function answerTo(
  one: WrittenCase,
  question: Question | { error: unknown },
  ask: Ask,
): Promise<CaseOutcome> {
  if ('error' in question) return failedCase(one.item, question.error);
  try {
    return caseOutcome(one.item, await ask(one, question));
  } catch (error) {
    return failedCase(one.item, error);
  }
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
function caseOutcome(item: Case, got: Answer): CaseOutcome {
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

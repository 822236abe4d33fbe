import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { InvalidError } from '../../platform/application-error.ts';
import { decideCase } from './case-engine.ts';
import type { Case, CaseOutcome } from './contract.ts';
import { caseSchema } from './contract.ts';

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
    const result = caseSchema.safeParse(row);
    if (result.success) {
      cases.push(result.data);
      continue;
    }
    const issue = result.error.issues[0];
    unreadable.push({
      id: idOf(row) ?? `row ${index + 1}`,
      passed: false,
      expected: 'a readable case',
      got: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a case'}`,
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

/** Holds an answer against what a case expects: the verdict, and every reason in order. */
export function caseOutcome(
  item: Case,
  got: { readonly verdict: string; readonly reasons: readonly string[] },
): CaseOutcome {
  const expected = `${item.expect} ${item.reasons.join(', ')}`;
  const received = `${got.verdict} ${got.reasons.join(', ')}`;
  return { id: item.id, passed: expected === received, expected, got: received };
}

/** A case that could not be run is a case that failed. */
export function failedCase(item: Case, error: unknown): CaseOutcome {
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

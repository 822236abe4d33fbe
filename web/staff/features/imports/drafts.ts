import type { ImportMapping } from '../../../../src/domain/import-mapping.ts';

/**
 * Imports that were prepared and not begun, kept in this browser so that they can be gone on with: which
 * uploaded files they are of and how their columns are read, never what stands in them.
 */
export interface ImportDraft {
  readonly id: string;
  readonly begunAt: string;
  readonly customers: DraftFile | null;
  readonly vehicles: DraftFile | null;
}

export interface DraftFile {
  readonly fileId: string;
  readonly name: string;
  readonly bytes: number;
  /** Null for the layout of Navigator 2.0, which needs none. */
  readonly mapping: ImportMapping | null;
  readonly notes: readonly string[];
}

const draftsMax = 5;
// Uploaded files are kept for a week.
const keptFor = 7 * 24 * 3_600_000;

export function readDrafts(userId: string, now: Date): ImportDraft[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(nameFor(userId)) ?? '[]');
    if (!Array.isArray(kept)) return [];
    const drafts: readonly unknown[] = kept;
    return drafts.filter(isDraft).filter(({ begunAt }) => Date.parse(begunAt) > now.getTime() - keptFor);
  } catch {
    return [];
  }
}

export function keepDraft(userId: string, draft: ImportDraft, now: Date): void {
  const others = readDrafts(userId, now).filter(({ id }) => id !== draft.id);
  write(userId, [draft, ...others].slice(0, draftsMax));
}

export function forgetDraft(userId: string, id: string, now: Date): void {
  write(
    userId,
    readDrafts(userId, now).filter((draft) => draft.id !== id),
  );
}

/** The files and mappings as the API takes them; null while there is no customer file. */
export function filesOfDraft({ customers, vehicles }: ImportDraft) {
  if (customers === null) return null;
  const mappings = [customers.mapping, vehicles?.mapping ?? null].filter((mapping) => mapping !== null);
  return {
    customersFile: customers.fileId,
    ...(vehicles === null ? {} : { vehiclesFile: vehicles.fileId }),
    ...(mappings.length === 0 ? {} : { mappings }),
  };
}

function isDraft(value: unknown): value is ImportDraft {
  if (typeof value !== 'object' || value === null) return false;
  const { id, begunAt, customers, vehicles } = value as Record<string, unknown>;
  return (
    typeof id === 'string' &&
    typeof begunAt === 'string' &&
    typeof customers === 'object' &&
    typeof vehicles === 'object'
  );
}

function nameFor(userId: string): string {
  return `navigator-import-drafts-${userId}`;
}

// A browser that keeps nothing loses the draft at most, so that it need not be told.
function write(userId: string, drafts: readonly ImportDraft[]): void {
  try {
    localStorage.setItem(nameFor(userId), JSON.stringify(drafts));
  } catch {
    return;
  }
}

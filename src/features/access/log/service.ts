import { endOfLondonDay, startOfLondonDay } from '../../../domain/london.ts';
import { InvalidError } from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { csvText } from '../../../platform/csv-file.ts';
import { toTimestamp } from '../../../platform/database.ts';
import { customerIdOf } from '../../customers/service.ts';
import { actorNames } from '../../users/service.ts';
import type { AccessAction } from '../service.ts';
import { recordAccess } from '../service.ts';
import type { Access, AccessActors, AccessKind } from './contract.ts';
import type { AccessFilter, AccessPlace, AccessRow } from './store.ts';
import { listAccessRows, listActorRows } from './store.ts';

/**
 * The access log, for whoever answers for it.
 * Guarantees that a look at the log is itself an entry of it, naming whose looks and whose record were asked for.
 */
export interface AccessQuestion {
  readonly actor?: string | undefined;
  /** An id, or `no:` and the customer number. */
  readonly customer?: string | undefined;
  readonly kind?: AccessKind | undefined;
  /** The first and the last day, in London. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** Each action in words, and of which kind it is: whoever adds an action says so here. */
const actions: Readonly<Record<AccessAction, readonly [AccessKind, string]>> = {
  'customer searched': ['search', 'Searched for customers'],
  'customer read': ['record', 'Opened the record'],
  'customer changed': ['change', 'Changed the record'],
  'duplicates shown': ['record', 'Was shown it as a possible duplicate'],
  'decision asked': ['record', 'Asked whether they may be contacted'],
  'permissions read': ['record', 'Read what they permitted'],
  'preferences read': ['record', 'Read the preferences'],
  'contact permissions read': ['record', 'Saw what their numbers and addresses may be used for'],
  'notes read': ['record', 'Read the notes'],
  'note changed': ['change', 'Wrote, changed or removed a note'],
  'tasks listed': ['list', 'Listed tasks'],
  'task read': ['record', 'Opened a task'],
  'timeline read': ['record', 'Read what happened'],
  'forecast read': ['record', 'Read what they will hear from us'],
  'reviews listed': ['list', 'Listed whose preferences are due for review'],
  'enquiries listed': ['list', 'Listed enquiries'],
  'enquiry read': ['record', 'Opened an enquiry'],
  'merge looked at': ['record', 'Compared it with another record'],
  'selection opened': ['list', 'Opened the people of a mailshot'],
  'selection exported': ['export', 'Exported a mailing list'],
  'export fetched': ['export', 'Downloaded a mailing list'],
  'import file looked at': ['import', 'Looked into a file to be imported'],
  'import planned': ['import', 'Tried an import out'],
  'import rejects read': ['export', 'Downloaded the rejected rows of an import'],
  'diary looked at': ['list', 'Looked at the workshop diary'],
  'appointments listed': ['list', 'Listed appointments'],
  'appointment read': ['record', 'Opened an appointment'],
  'maintenance read': ['record', 'Read what is due on their vehicles'],
  'health check read': ['record', 'Opened a health check'],
  'template previewed': ['record', 'Previewed a message on them'],
  'call list looked at': ['record', 'Saw them on the list of whom to phone'],
  'call list handed out': ['export', 'Handed a call list out'],
  'review outcomes looked at': ['list', 'Looked at what came of reviews'],
  'access log looked at': ['log', 'Looked at the access log'],
  'access log exported': ['export', 'Downloaded the access log'],
};

const exportedAtOnce = 2_000;

/** A page of looks, the newest first. Throws NotFoundError for an unknown customer, InvalidError for days out of order. */
export async function listAccesses(
  context: Context,
  question: AccessQuestion,
  page: { readonly after: AccessPlace | null; readonly limit: number },
  actor: Actor,
): Promise<{ accesses: Access[]; next: AccessPlace | null }> {
  const filter = await filterOf(context, question);
  const rows = await listAccessRows(context.database.db, filter, { ...page, limit: page.limit + 1 });
  const shown = rows.slice(0, page.limit);
  const last = rows.length > page.limit ? shown.at(-1) : undefined;
  await recordLook(context, actor, 'access log looked at', filter, question);
  return {
    accesses: await present(context, shown),
    next: last === undefined ? null : { at: last.accessedAt, id: last.id },
  };
}

/** All looks that were asked for as CSV, piece by piece; that they were fetched is written down before the first. */
export async function exportAccesses(
  context: Context,
  question: AccessQuestion,
  actor: Actor,
): Promise<AsyncIterable<string>> {
  const filter = await filterOf(context, question);
  await recordLook(context, actor, 'access log exported', filter, question);
  return linesOf(context, filter);
}

async function* linesOf(context: Context, filter: AccessFilter): AsyncGenerator<string> {
  yield csvText([['when', 'who', 'who_id', 'what', 'kind', 'customer_number', 'customer_id', 'detail']]);
  for (let after: AccessPlace | null = null; ; ) {
    const rows: AccessRow[] = await listAccessRows(context.database.db, filter, {
      after,
      limit: exportedAtOnce,
    });
    const accesses = await present(context, rows);
    const lines = accesses.map(({ at, actor, what, kind, customer, detail }) => {
      const further = Object.entries(detail).map(([name, value]) => `${name}=${value ?? ''}`);
      const whose = [customer?.number ?? null, customer?.id ?? null] as const;
      return [at, actor.name, actor.id, what, kind, ...whose, further.join(' ')];
    });
    if (lines.length > 0) yield csvText(lines);
    const last = rows.at(-1);
    if (last === undefined || rows.length < exportedAtOnce) return;
    after = { at: last.accessedAt, id: last.id };
  }
}

/** Who can be asked for: staff, those who left, too; programs; and Navigator's own commands. */
export async function listAccessActors(context: Context): Promise<AccessActors> {
  const rows = await listActorRows(context.database.db);
  const known = rows.map(({ id, name, isProgram }) => ({
    id,
    name,
    kind: isProgram ? ('api_key' as const) : ('staff' as const),
  }));
  return { actors: [...known, { id: 'command line', name: 'Command line', kind: 'system' }] };
}

async function filterOf(context: Context, question: AccessQuestion): Promise<AccessFilter> {
  const { actor, customer, kind, from, until } = question;
  if (from !== undefined && until !== undefined && from > until) {
    throw new InvalidError('The last day is before the first: give them the other way round.', {
      field: 'until',
    });
  }
  return {
    actorId: actor,
    customerId: customer === undefined ? undefined : await customerIdOf(context, customer),
    actions: kind === undefined ? undefined : actionsOf(kind),
    from: from === undefined ? undefined : startOfLondonDay(from),
    before: until === undefined ? undefined : endOfLondonDay(until),
  };
}

function actionsOf(kind: AccessKind): string[] {
  return Object.entries(actions).flatMap(([action, [its]]) => (its === kind ? [action] : []));
}

// Whose record is in its own column, so that it is found among the looks at that record.
async function recordLook(
  context: Context,
  actor: Actor,
  action: AccessAction,
  { actorId, customerId }: AccessFilter,
  { kind, from, until }: AccessQuestion,
): Promise<void> {
  const asked = { actorId, kind, from, until };
  const detail = Object.entries(asked).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  await recordAccess(
    context,
    actor,
    action,
    customerId ?? null,
    detail.length === 0 ? null : Object.fromEntries(detail),
  );
}

async function present(context: Context, rows: readonly AccessRow[]): Promise<Access[]> {
  const names = await actorNames(
    context,
    rows.map(({ actorId }) => actorId),
  );
  return rows.map((row) => {
    const known = Object.entries(actions).find(([action]) => action === row.action);
    const [kind, what] = known?.[1] ?? (['record', row.action] as const);
    return {
      id: row.id,
      at: toTimestamp(row.accessedAt),
      actor: { id: row.actorId, name: names.get(row.actorId) ?? row.actorId },
      action: row.action,
      what,
      kind,
      customer: row.customerId === null ? null : { id: row.customerId, number: row.customerNumber },
      detail: row.detail ?? {},
    };
  });
}

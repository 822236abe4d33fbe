import { voidedEntries } from '../../../domain/fold.ts';
import { ledgerSentence } from '../../../domain/ledger-english.ts';
import type { LedgerActKind, LedgerEvent } from '../../../domain/ledger-event.ts';
import { effectiveAt } from '../../../domain/ledger-event.ts';
import { londonDateOf } from '../../../domain/london.ts';
import type { Context } from '../../../platform/context.ts';
import { listBranches, listLegalEntities } from '../../branches/service.ts';
import type { Customer } from '../../customers/service.ts';
import { thirdPartyNames } from '../../third-parties/service.ts';
import { actorNames } from '../../users/service.ts';
import { counterVersionsOf } from '../../wordings/service.ts';
import type { TimelineKind } from '../contract.ts';
import { vehicleName } from '../dealings/service.ts';
import type { TimelineEntry } from '../service.ts';
import { findNumbers } from './store.ts';

/**
 * The entries of the ledger of one customer, in words. Guarantees that those of records that became part of this one
 * are told of, too, and that an entry that was corrected is shown as one.
 */
export type Chains = readonly (readonly LedgerEvent[])[];

export async function ledgerEntries(
  context: Context,
  customer: Customer,
  chains: Chains,
): Promise<TimelineEntry[]> {
  const events = chains.flat();
  const branches = await listBranches(context);
  const entities = await listLegalEntities(context);
  const by = await actorNames(
    context,
    events.flatMap(({ actor }) => actor.id ?? []),
  );
  const versions = await counterVersionsOf(
    context,
    events.flatMap(({ wordingHash }) => wordingHash ?? []),
  );
  const companies = await thirdPartyNames(context, companiesIn(events));
  const numbers = await findNumbers(
    context.database.db,
    events.flatMap(({ act }) => (act.kind === 'merged' ? act.absorbedCustomerId : [])),
  );
  return chains.flatMap((chain) => {
    const voided = voidedEntries(chain);
    return chain.map((event): TimelineEntry => {
      const own = event.customerId === customer.id;
      const { sentence, detail } = ledgerSentence(event, {
        by: event.actor.id === null ? null : (by.get(event.actor.id) ?? null),
        wordingVersion: event.wordingHash === null ? null : (versions.get(event.wordingHash) ?? null),
        voidedBy: voided.get(event.sequence) ?? null,
        branch: (id) => branches.find((branch) => branch.id === id)?.name ?? null,
        vehicle: (id) => vehicleName(customer.vehicles.find(({ vehicleId }) => vehicleId === id)),
        company: (id) => companies.get(id) ?? null,
        customer: (id) => numbers.get(id) ?? null,
      });
      const given = entities.length < 2 || event.cells.length === 0 ? null : givenTo(event, entities);
      const elsewhere = own ? null : 'on the record that became part of this one';
      return {
        id: `ledger:${String(event.sequence).padStart(9, '0')}${own ? '' : `:${event.customerId}`}`,
        kind: kindOf[event.act.kind] ?? 'permission',
        on: londonDateOf(effectiveAt(event)),
        at: effectiveAt(event),
        sentence,
        detail: [detail, given, elsewhere].filter((words) => words !== null).join(' · ') || null,
        sequence: own ? event.sequence : null,
        opens: openedBy(event, numbers),
      };
    });
  });
}

/** To which company of the group it was said. */
function givenTo(
  { legalEntityId }: LedgerEvent,
  entities: readonly { readonly id: number; readonly name: string }[],
): string | null {
  const entity = entities.find(({ id }) => id === legalEntityId);
  return entity === undefined ? null : `to ${entity.name}`;
}

/** What is no answer of the customer's is filed under what it is. */
const kindOf: Readonly<Partial<Record<LedgerActKind, TimelineKind>>> = {
  opened: 'customer',
  imported: 'import',
  status_set: 'status',
  merged: 'merge',
};

function openedBy(
  { act, batchId }: LedgerEvent,
  onFile: ReadonlyMap<string, string>,
): TimelineEntry['opens'] {
  if (act.kind === 'merged' && onFile.has(act.absorbedCustomerId)) {
    return { kind: 'customer', id: act.absorbedCustomerId };
  }
  return act.kind === 'imported' && batchId !== null ? { kind: 'import', id: batchId } : null;
}

function companiesIn(events: readonly LedgerEvent[]): string[] {
  const ids = events.flatMap(({ cells }) =>
    cells.flatMap(({ category, scopeId }) => (category === 'third_party_marketing' ? (scopeId ?? []) : [])),
  );
  return [...new Set(ids)];
}

import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { mergeOutcomeSchema, mergeSchema } from '../../../../src/features/customers/merging/contract.ts';
import { ask, newIdempotencyKey, read } from '../../shared/api.ts';
import { contactValue, inScreenOrder } from './contact-words.ts';
import type { ContactPoint, Customer } from './customer.ts';
import { pathOf } from './customer.ts';

/** What two records would become, asked of the merge itself. */
export type MergeOutcome = z.infer<typeof mergeOutcomeSchema>;
export type MergeDetail = MergeOutcome['details'][number];
export type MergeSide = MergeDetail['chosen'];

/** What somebody chose; the rest goes as it is suggested. */
export interface MergeWishes {
  readonly choices: NonNullable<z.infer<typeof mergeSchema>['choices']>;
  readonly leaveOut: readonly string[];
}

export interface MergedRecords {
  readonly survivor: Customer;
  readonly absorbed: Customer;
}

export function dryRunQuery({ survivor, absorbed }: MergedRecords, wishes: MergeWishes) {
  return queryOptions({
    // Not below the customers: once they are merged, what would follow must not be asked again.
    queryKey: ['merge', survivor.id, absorbed.id, wishes],
    staleTime: 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      read<MergeOutcome>(`${pathOf(survivor.id)}:merge`, {
        body: { absorbed: absorbed.id, dryRun: true, ...wishes },
        signal,
      }),
    retry: false,
  });
}

export async function mergeThem({ survivor, absorbed }: MergedRecords, wishes: MergeWishes): Promise<void> {
  const body = { absorbed: absorbed.id, dryRun: false, ...wishes };
  await ask(`${pathOf(survivor.id)}:merge`, { body, idempotencyKey: newIdempotencyKey() });
}

/** A number or address, with every id under which the two records hold it. */
export interface PointToKeep {
  readonly point: ContactPoint;
  readonly ids: readonly string[];
  /** The customer numbers of the records that hold it. */
  readonly heldBy: readonly string[];
}

/** Every number and address of the two, each once. */
export function pointsOf({ survivor, absorbed }: MergedRecords): PointToKeep[] {
  const found = new Map<string, PointToKeep>();
  for (const { customerNumber, contactPoints } of [survivor, absorbed]) {
    for (const point of inScreenOrder(contactPoints)) {
      const key = `${point.kind} ${contactValue(point).toLowerCase()}`;
      const known = found.get(key);
      found.set(key, {
        point: known?.point ?? point,
        ids: [...(known?.ids ?? []), point.id],
        heldBy: [...(known?.heldBy ?? []), customerNumber],
      });
    }
  }
  const points = [...found.values()];
  const order = inScreenOrder(points.map(({ point }) => point));
  return points.toSorted((a, b) => order.indexOf(a.point) - order.indexOf(b.point));
}

import type { QueryClient } from '@tanstack/react-query';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { ScreenChannel } from '../../../../src/domain/screen-channels.ts';
import type { Category } from '../../../../src/domain/vocabulary.ts';
import type {
  preferencesSchema,
  SavedPreferences,
  savedEffectsSchema,
} from '../../../../src/features/permissions/preferences/contract.ts';
import { ask, newIdempotencyKey, read } from '../api.ts';
import { vehicleWords } from './vehicle-words.ts';

/** What is held about how a customer may be contacted, and the ways in which it changes. */
export type Preferences = z.infer<typeof preferencesSchema>;
export type PreferenceChannel = Preferences['channels'][number];
export type PreferenceCell = PreferenceChannel['cells'][number];
export type SavedEffects = z.infer<typeof savedEffectsSchema>;
export type Method = 'in_person' | 'phone' | 'paper';
export type NotAskedReason =
  | 'customer_not_present'
  | 'dropped_keys'
  | 'customer_in_a_hurry'
  | 'not_suitable'
  | 'other';

const categoryLabels: Readonly<Record<Category, string>> = {
  service_follow_up: 'Service follow-up',
  general_marketing: 'General dealer marketing',
  third_party_marketing: 'Third-party marketing',
};

/** A column of the grid: a category, and for third parties one company. */
export type Column = Pick<PreferenceCell, 'category' | 'company'>;

export function columnsOf({ channels }: Preferences): readonly PreferenceCell[] {
  return channels[0]?.cells ?? [];
}

/** The head of a column. */
export function categoryLabel({ category }: Column): string {
  return categoryLabels[category];
}

/** What a column is about, under its head: their cars, what is sent, or the company in full. */
export function topicOf({ category, company }: Column, vehicles: Preferences['vehicles']): string {
  if (category === 'service_follow_up') return vehicleWords(vehicles);
  return company ?? 'Offers, events, new models';
}

/** One box in words, for whoever does not see where it stands: "SMS, Third-party marketing, Bridge Finance plc". */
export function boxLabel({ label }: Pick<PreferenceChannel, 'label'>, column: Column): string {
  return [label, categoryLabel(column), column.company].filter((words) => words !== null).join(', ');
}

/** @param branch where one works: whether a review rests is said for it. Null: where the customer belongs. */
export function preferencesQuery(customerId: string, branch: string | null) {
  return queryOptions({
    queryKey: ['/customers', customerId, 'preferences', branch],
    queryFn: ({ signal }) =>
      read<Preferences>(`${pathOf(customerId)}/preferences`, { query: { branch }, signal }),
  });
}

/** A box on screen, by which ticks are kept. */
export type Box = `${ScreenChannel}:${Category}:${string}`;

export function boxOf(channel: ScreenChannel, { category, company }: Column): Box {
  return `${channel}:${category}:${company ?? ''}`;
}

/** What is read out to somebody who is told in this way: the phone has words of its own. */
export function wordsFor(
  { wording }: Pick<Preferences, 'wording'>,
  method: Method | null,
): Preferences['wording']['phone'] {
  return method === 'phone' ? wording.phone : wording;
}

/** Every box that was shown goes back, ticked or not: one left unticked was asked about and not given. */
export async function saveChoices(
  held: Preferences,
  ticked: ReadonlySet<Box>,
  method: Method | null,
  given: { readonly branch: string; readonly idempotencyKey: string },
): Promise<SavedEffects> {
  const body: SavedPreferences = {
    expectedSequence: held.sequence,
    branch: given.branch,
    wordingHash: wordsFor(held, method).hash,
    method,
    answers: held.channels.flatMap(({ channel, cells }) =>
      cells.map(({ category, company }) => ({
        channel,
        category,
        ...(company === null ? {} : { company }),
        ticked: ticked.has(boxOf(channel, { category, company })),
      })),
    ),
  };
  const { body: saved } = await ask<SavedEffects>(`${pathOf(held.customer.id)}/preferences`, {
    body,
    idempotencyKey: given.idempotencyKey,
  });
  return saved;
}

/** The ways out that are no answer to the boxes. */
export type WayOut =
  | { readonly kind: 'declined'; readonly branch: string }
  | { readonly kind: 'did_not_ask'; readonly reason: NotAskedReason; readonly branch: string | null }
  | { readonly kind: 'confirmed'; readonly method: Method; readonly branch: string }
  | { readonly kind: 'stopped' };

export async function recordWayOut(customerId: string, way: WayOut): Promise<void> {
  await ask(`${pathOf(customerId)}/permission-events`, {
    body: eventOf(way),
    idempotencyKey: newIdempotencyKey(),
  });
}

// Without the moment: the clock of the server counts, since that of a computer at the desk may be wrong.
function eventOf(way: WayOut): Readonly<Record<string, unknown>> {
  switch (way.kind) {
    case 'declined':
      return { kind: 'review_not_done', outcome: 'declined_to_answer', branch: way.branch };
    case 'did_not_ask':
      return {
        kind: 'review_not_done',
        outcome: 'did_not_ask',
        reason: way.reason,
        ...(way.branch === null ? {} : { branch: way.branch }),
      };
    case 'confirmed':
      return { kind: 'confirm_review', method: way.method, branch: way.branch };
    case 'stopped':
      return { kind: 'stop_all_marketing' };
  }
}

/** Whatever shows this customer reads it again. */
export async function preferencesChanged(queries: QueryClient, customerId: string): Promise<void> {
  // A first look that is still under way would be waited for, and shows what was true before.
  await queries.cancelQueries({ queryKey: ['/customers', customerId] });
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['/customers', customerId] }),
    queries.invalidateQueries({ queryKey: ['/reviews'] }),
  ]);
}

function pathOf(customerId: string): string {
  return `/customers/${encodeURIComponent(customerId)}`;
}

import { judge } from './decide.ts';
import { validate } from './decision-request.ts';
import type { Facts, VehicleFacts } from './facts.ts';
import { londonDateOf } from './london.ts';
import { listWords } from './plain-words.ts';
import type { PolicySettings } from './policy.ts';
import type { ReasonCode, Warning } from './reason.ts';
import type { ScreenChannel } from './screen-channels.ts';
import { innerChannels, screenCategories, screenChannels } from './screen-channels.ts';
import type { ShownAnswer } from './shown-state.ts';
import { shownAnswer } from './shown-state.ts';
import { codeOfAnswer } from './standing.ts';
import type { Category, Channel } from './vocabulary.ts';

/** One answer behind a box: one inner channel, and for service follow-up one vehicle. */
export interface BoxPart {
  readonly channel: Channel;
  readonly vehicleId: string | null;
  readonly allowed: boolean;
  readonly reasons: readonly ReasonCode[];
  readonly warnings: readonly Warning[];
  readonly shown: ShownAnswer;
}

/** A company that customers are asked about by its full name. */
export interface AskedCompany {
  readonly id: string;
  readonly name: string;
}

/** One box of the grid. Where the answers behind it differ, the strictest is shown. */
export interface Box {
  readonly channel: ScreenChannel;
  readonly category: Category;
  /** Third-party marketing is asked for each company apart; null for the dealer's own. */
  readonly company: AskedCompany | null;
  readonly parts: readonly BoxPart[];
  readonly shown: BoxPart;
  readonly split: boolean;
}

/**
 * The grid of preferences: each channel of the screen by each of its categories, judged as a standing decision is
 * (stages S1 to S7), since contact hours and what a message says belong to one message.
 *
 * @param now milliseconds since 1970; the facts are those known at that instant.
 * @param companies those with a column of their own, in the order of the screen.
 */
export function preferenceGrid(
  facts: Facts,
  policy: PolicySettings,
  now: number,
  companies: readonly AskedCompany[] = [],
): Box[] {
  const columns: readonly Column[] = [
    ...screenCategories.map((category) => ({ category, company: null })),
    ...companies.map((company) => ({ category: 'third_party_marketing' as const, company })),
  ];
  return screenChannels.flatMap((channel) =>
    columns.map((column) => preferenceBox(facts, policy, now, channel, column)),
  );
}

/** A category, and for third parties one company. */
type Column = Pick<Box, 'category' | 'company'>;

/** One box of the grid, judged alone. */
export function preferenceBox(
  facts: Facts,
  policy: PolicySettings,
  now: number,
  channel: ScreenChannel,
  { category, company }: Column,
): Box {
  const scopes = category === 'service_follow_up' ? vehiclesSpokenOf(facts.vehicles, now) : [null];
  const parts = innerChannels(channel).flatMap((inner) =>
    scopes.map((vehicleId) =>
      partOf(facts, policy, now, { channel: inner, category, vehicleId, thirdPartyId: company?.id ?? null }),
    ),
  );
  return { channel, category, company, ...strictestOf(parts) };
}

/** Which of a customer's vehicles are theirs on the day of an instant. */
function currentVehicles<Vehicle extends Pick<VehicleFacts, 'ownedUntil'>>(
  vehicles: readonly Vehicle[],
  now: number,
): Vehicle[] {
  const today = londonDateOf(now);
  return vehicles.filter(({ ownedUntil }) => ownedUntil === null || ownedUntil > today);
}

/** What differs behind a split box, in words; null where nothing does. */
export function splitWords(box: Box, nameOf: (vehicleId: string) => string): string | null {
  if (!box.split) return null;
  const channels = new Set(box.parts.map(({ channel }) => channel));
  const vehicles = new Set(box.parts.map(({ vehicleId }) => vehicleId));
  const nameOfPart = ({ channel, vehicleId }: BoxPart): string => {
    const names = [
      channels.size > 1 ? (channel === 'social_dm' ? 'direct messages' : 'audience') : null,
      vehicles.size > 1 && vehicleId !== null ? nameOf(vehicleId) : null,
    ];
    return names.filter((name) => name !== null).join(' about ');
  };
  const named = (allowed: boolean): string =>
    listWords(box.parts.filter((part) => part.allowed === allowed).map(nameOfPart));
  const yes = named(true);
  const no = named(false);
  return [yes === '' ? null : `yes to ${yes}`, no === '' ? null : `no to ${no}`]
    .filter((words) => words !== null)
    .join(', ');
}

/** The vehicles they have now; where they have none any more, one they had, so that the reason says so. */
function vehiclesSpokenOf(vehicles: readonly VehicleFacts[], now: number): (string | null)[] {
  const current = currentVehicles(vehicles, now);
  return current.length > 0 ? current.map(({ id }) => id) : [vehicles[0]?.id ?? null];
}

function partOf(
  facts: Facts,
  policy: PolicySettings,
  now: number,
  asked: { channel: Channel; category: Category; vehicleId: string | null; thirdPartyId: string | null },
): BoxPart {
  const valid = validate({ ...asked, tool: 'mailshot' }, policy, now);
  if (valid === null) throw new RangeError(`The box ${asked.channel} of the screen cannot be asked about.`);
  const { allowedBy, reasons, information, warnings } = judge(facts, valid, policy, now, 'S7');
  return {
    channel: asked.channel,
    vehicleId: asked.vehicleId,
    allowed: allowedBy !== null,
    reasons: allowedBy === null ? reasons : [allowedBy, ...information],
    warnings,
    shown: shownAnswer(
      facts,
      { ...asked, scopeId: asked.vehicleId ?? asked.thirdPartyId },
      policy,
      allowedBy === 'SOFT_OPT_IN',
    ),
  };
}

function strictestOf(parts: readonly BoxPart[]): Pick<Box, 'parts' | 'shown' | 'split'> {
  const [first, ...others] = parts;
  if (first === undefined) throw new RangeError('A box stands for at least one answer.');
  const strictest = others.reduce((a, b) => (strictness(b) < strictness(a) ? b : a), first);
  const split = others.some(
    (part) => part.allowed !== first.allowed || part.shown.state !== first.shown.state,
  );
  return { parts, shown: strictest, split };
}

/** Every refusal is less than every yes, and an earlier one less than a later. */
function strictness({ reasons, warnings }: BoxPart): number {
  return codeOfAnswer(reasons, warnings);
}

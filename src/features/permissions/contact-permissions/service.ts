import type { ContactUse } from '../../../domain/contact-permission.ts';
import { contactUses, nobodyMayContact } from '../../../domain/contact-permission.ts';
import { contactPointWords } from '../../../domain/contact-point.ts';
import type { PolicySettings } from '../../../domain/policy.ts';
import type { Box } from '../../../domain/preference-grid.ts';
import { splitWords } from '../../../domain/preference-grid.ts';
import type { ReasonCode } from '../../../domain/reason.ts';
import { sentenceOf } from '../../../domain/reason.ts';
import { reviewStatus } from '../../../domain/review.ts';
import { reviewPrompt } from '../../../domain/review-prompt.ts';
import type { ScreenCategory } from '../../../domain/screen-channels.ts';
import { screenChannelLabels } from '../../../domain/screen-channels.ts';
import type { ContactPointKind } from '../../../domain/vocabulary.ts';
import type { Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { contactPointsOfMany } from '../../contact-points/service.ts';
import type { GatheredFacts } from '../../facts/service.ts';
import { gatherFacts } from '../../facts/service.ts';
import { policyAt } from '../../settings/service.ts';
import { registrationsOf } from '../../vehicles/service.ts';
import type { ContactPermissions } from './contract.ts';

/**
 * What each number and address of customers may be used for, and why: the one place that every screen asks.
 * Guarantees that what is shown beside a number is what the engine says of it now, as it will when a message goes
 * out, and that a list of people costs no more questions to the database than one person.
 */

/** Answers in the order of the ids; a customer who is not on file is left out. */
export async function contactPermissionsOf(
  context: Context,
  customerIds: readonly string[],
): Promise<ContactPermissions[]> {
  const ids = [...new Set(customerIds)];
  const policy = await policyAt(context);
  const { db } = context.database;
  const gathered = await gatherFacts(db, context, ids, policy.settings, nowOf(context));
  const points = await contactPointsOfMany(context, ids);
  const judged = ids.flatMap((id) => {
    const known = gathered.get(id);
    if (known === undefined) return [];
    const uses = known.points.map((point) => ({
      point,
      uses: contactUses(known.facts, policy.settings, known.instant, point.kind, (channel) =>
        known.contactOf(channel, point),
      ),
    }));
    return [{ id, known, uses, stopped: nobodyMayContact(known.facts, policy.settings, known.instant) }];
  });
  const nameOf = await vehicleNames(
    context,
    judged.flatMap(({ uses }) => uses.flatMap((each) => each.uses)),
  );
  return judged.map(({ id, known, uses, stopped }) => ({
    customerId: id,
    stopped: stopped.length === 0 ? null : sentencesOf(stopped, known),
    reviewDue: stopped.length === 0 ? reviewDueOf(known, policy.settings) : null,
    points: uses
      .flatMap(({ point, uses: ofPoint }) => {
        const shown = points.get(point.id);
        if (shown === undefined) return [];
        const present = ofPoint.map((use) => presentUse(use, known, nameOf));
        return [{ id: point.id, kind: point.kind, display: contactPointWords(shown), uses: present }];
      })
      .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)),
  }));
}

/** Where it rests at a branch today is left to the pop-up. */
function reviewDueOf(
  { facts, instant }: GatheredFacts,
  { reviewIntervalMonths, reviewPromptAt }: PolicySettings,
): ContactPermissions['reviewDue'] {
  const status = reviewStatus(facts.lastReviewAt, reviewIntervalMonths, instant);
  const { open, reason } = reviewPrompt(status, facts, [], instant, reviewPromptAt);
  return open ? reason : null;
}

/** What people reach for first comes first. */
const order: readonly ContactPointKind[] = ['mobile', 'landline', 'email', 'postal', 'social'];

type NameOf = (vehicleId: string) => string;

function presentUse(
  { channel, stoppedBy, boxes }: ContactUse,
  known: GatheredFacts,
  nameOf: NameOf,
): ContactPermissions['points'][number]['uses'][number] {
  const answer = (category: ScreenCategory) => {
    const box = boxes.find((each) => each.category === category);
    if (box === undefined) throw new RangeError('A use of a number lacks a box.');
    return { allowed: box.shown.allowed, why: whyOf(box, known, nameOf) };
  };
  return {
    channel,
    label: screenChannelLabels[channel],
    stopped: stoppedBy.length === 0 ? null : sentencesOf(stoppedBy, known),
    service: answer('service_follow_up'),
    marketing: answer('general_marketing'),
  };
}

function whyOf(box: Box, known: GatheredFacts, nameOf: NameOf): string {
  const why = sentencesOf(box.shown.reasons, known);
  const differing = splitWords(box, nameOf);
  if (differing === null || differing === '') return why;
  return `${why} ${differing.charAt(0).toUpperCase()}${differing.slice(1)}.`;
}

function sentencesOf(codes: readonly ReasonCode[], { profile }: GatheredFacts): string {
  if (profile.mergedIntoId !== null) return 'This record became part of another one: use that one.';
  return codes.map(sentenceOf).join(' ');
}

/** Of the vehicles between which an answer differs; nobody else's are looked up. */
async function vehicleNames(context: Context, uses: readonly ContactUse[]): Promise<NameOf> {
  const ids = uses.flatMap(({ boxes }) =>
    boxes
      .filter(({ split }) => split)
      .flatMap(({ parts }) => parts.flatMap(({ vehicleId }) => vehicleId ?? [])),
  );
  const names = await registrationsOf(context, [...new Set(ids)]);
  return (vehicleId) => names.get(vehicleId) ?? 'the vehicle';
}

import { londonDateOf } from '../../domain/london.ts';
import type { CustomerKind } from '../../domain/vocabulary.ts';
import { categories, channels, isCorporateSubscriber } from '../../domain/vocabulary.ts';
import { addBranch, addLegalEntity, branchFor } from '../../features/branches/service.ts';
import {
  createCustomer,
  endKeeping,
  markBounced,
  mergeCustomers,
  readCustomer,
  replaceContactPoint,
} from '../../features/customers/service.ts';
import { recordHandOvers } from '../../features/messages/service.ts';
import { recordAct } from '../../features/permissions/service.ts';
import { recordAssessment, recordScreenings, suppressContact } from '../../features/privacy/service.ts';
import { changePolicy, policyAt } from '../../features/settings/service.ts';
import { thirdPartyIds } from '../../features/third-parties/service.ts';
import type { ManualClock } from '../../platform/clock.ts';
import type { Actor, Context } from '../../platform/context.ts';
import { caseBirthOn, caseChangedAt, caseScreening, caseSends } from './case-engine.ts';
import type { Case } from './case-format.ts';
import type { CaseAct } from './case-history.ts';
import { caseHistory, caseOpenedAt, casePolicy } from './case-history.ts';
import { anotherPoint, contactPointsAt, vinOf } from './made-up.ts';

/** Services on a scratch database, at a moment that is moved from act to act. */
export type CaseContext = Context & { readonly clock: ManualClock };

/** A case as it stands in the scratch database. */
export interface WrittenCase {
  readonly item: Case;
  readonly customerId: string;
  readonly vehicleId: string | null;
}

const writer: Actor = { kind: 'staff', id: 'check-cases' };
const wording = {
  text: 'May we keep in touch, and how? You can change your mind at any time.',
  language: 'en-GB',
};
const assessed = 'Branch with an assessment';
const sister = 'A sister company';

/**
 * Writes every case as a customer of its own, by the services that the product uses. A case that they refuse is
 * answered with the reason, and the others are written all the same.
 */
export async function writeCases(
  context: CaseContext,
  cases: readonly Case[],
): Promise<{ readonly written: WrittenCase[]; readonly refused: ReadonlyMap<Case, unknown> }> {
  moveTo(context, caseOpenedAt);
  const sisterEntityId = await addLegalEntity(context, sister);
  await writeAssessedBranch(context);
  const written: WrittenCase[] = [];
  const refused = new Map<Case, unknown>();
  for (const [index, item] of cases.entries()) {
    try {
      written.push(await writeCase(context, item, index, sisterEntityId));
    } catch (error) {
      refused.set(item, error);
    }
  }
  return { written, refused };
}

/** An assessment concerns everybody of a legal entity, so the cases that have one belong to another. */
async function writeAssessedBranch(context: CaseContext): Promise<void> {
  const legalEntityId = await addLegalEntity(context, 'A dealer with an assessment');
  await addBranch(context, { legalEntityId, code: assessed, name: assessed });
  await recordAssessment(context, {
    legalEntityId,
    channels,
    categories,
    purpose: 'Keep customers informed.',
    necessity: 'There is no less intrusive way.',
    balance: 'Customers expect it and can stop it.',
    approvedBy: 'Data protection lead',
    reviewOn: '2100-01-01',
  });
}

async function writeCase(
  context: CaseContext,
  item: Case,
  index: number,
  sisterEntityId: number,
): Promise<WrittenCase> {
  const { given } = item;
  moveTo(context, caseOpenedAt);
  const customerId = await writeCustomer(context, item, `${index}`, { points: index, vehicle: 2 * index });
  const { vehicles } = await readCustomer(context, customerId);
  const vehicleId = vehicles[0]?.vehicleId ?? null;
  const { acts, absorbed } = caseHistory(item);
  await writeActs(context, customerId, acts, sisterEntityId);
  if (absorbed !== null) {
    moveTo(context, caseOpenedAt);
    // Two records of one person: they have their numbers and addresses in common.
    const other = await writeCustomer(context, item, `${index}-b`, {
      points: index,
      vehicle: 2 * index + 1,
    });
    await writeActs(context, other, absorbed, sisterEntityId);
    moveTo(context, Math.max(...[...acts, ...absorbed].map((act) => act.recordedAt)));
    await mergeCustomers(context, { survivorId: customerId, absorbedId: other }, writer);
  }
  await writeVehicleFacts(context, item, customerId, vehicleId);
  await writeContactFacts(context, item, customerId);
  await writeRegisters(context, item, customerId);
  for (const sentAt of caseSends(item)) {
    moveTo(context, sentAt);
    await recordHandOvers(context, [
      { customerId, channel: 'email', purpose: 'general_marketing', marketing: true },
    ]);
  }
  return { item, customerId, vehicleId: given.vehicle === 'none' ? null : vehicleId };
}

async function writeCustomer(
  context: CaseContext,
  item: Case,
  number: string,
  place: { readonly points: number; readonly vehicle: number },
): Promise<string> {
  const { given } = item;
  const kind: CustomerKind = given.subscriber === 'corporate' ? 'company' : given.subscriber;
  const { code } = await branchFor(context, given.lia ? assessed : 'MAIN');
  const created = await createCustomer(
    context,
    {
      customerNumber: `case-${number}`,
      kind,
      surname: `Case ${number}`,
      companyName: `Case ${number}`,
      birthOn: caseBirthOn(item),
      branch: code,
      prospect: given.prospect,
      contactPoints: given.contact === 'missing' ? [] : contactPointsAt(place.points),
      vehicles: given.vehicle === 'none' ? [] : [{ vin: vinOf(place.vehicle) }],
      confirmDuplicate: true,
    },
    writer,
  );
  if (!created.created) throw new Error('A case could not be entered.');
  return created.customerId;
}

/** Puts the policy of a case in force at the instant of its question. */
export async function choosePolicy(context: CaseContext, item: Case, at: number): Promise<void> {
  moveTo(context, at);
  const settings = casePolicy(item);
  const inForce = await policyAt(context, at);
  if (JSON.stringify(sorted(inForce.settings)) === JSON.stringify(sorted(settings))) return;
  await changePolicy(context, {
    settings,
    reason: 'The policy of a case.',
    recordedBy: 'check-cases',
    warningAcceptedBy: 'check-cases',
  });
}

function sorted(settings: object): [string, unknown][] {
  return Object.entries(settings).sort(([a], [b]) => a.localeCompare(b));
}

async function writeActs(
  context: CaseContext,
  customerId: string,
  acts: readonly CaseAct[],
  sisterEntityId: number,
): Promise<void> {
  for (const act of acts) {
    // The record was opened when the customer was entered.
    if (act.act.kind === 'opened') continue;
    moveTo(context, act.recordedAt);
    const companies = await thirdPartyIds(
      context,
      act.cells.flatMap((cell) => cell.thirdParty ?? []),
    );
    await recordAct(context, {
      customerId,
      act: act.act,
      cells: act.cells.map(({ thirdParty, ...cell }) => {
        const scopeId = thirdParty === undefined ? undefined : companies.get(thirdParty);
        return scopeId === undefined ? cell : { ...cell, scopeId };
      }),
      actor: { kind: act.actor, id: act.actor === 'customer' ? null : writer.id },
      evidence: {
        occurredAt: act.occurredAt,
        method: act.method,
        wording: act.worded ? wording : null,
        note: null,
      },
      ...(act.sisterEntity ? { legalEntityId: sisterEntityId } : {}),
    });
  }
}

async function writeVehicleFacts(
  context: CaseContext,
  { given }: Case,
  customerId: string,
  vehicleId: string | null,
): Promise<void> {
  if (vehicleId === null) return;
  if (given.vehicle === 'sold') await endKeeping(context, customerId, vehicleId, londonDateOf(caseOpenedAt));
  if (!given.vehicle_opt_out) return;
  await recordAct(context, {
    customerId,
    act: { kind: 'vehicle_contact_set', vehicleId, permitted: false },
    actor: { kind: 'customer', id: null },
  });
}

async function writeContactFacts(context: CaseContext, item: Case, customerId: string): Promise<void> {
  const { contact } = item.given;
  if (contact === 'ok' || contact === 'missing') return;
  moveTo(context, caseChangedAt(item));
  const { contactPoints } = await readCustomer(context, customerId);
  for (const [index, point] of contactPoints.entries()) {
    if (contact === 'bounced') {
      await markBounced(context, customerId, point.id);
      continue;
    }
    await replaceContactPoint(context, customerId, point.id, {
      contactPoint: anotherPoint(point.kind, customerId, index),
      givenBy: contact === 'changed_by_customer' ? 'customer' : 'other',
    });
  }
}

/** Registers and the do-not-contact list; a number without a screening of its own was found clear that day. */
async function writeRegisters(context: CaseContext, item: Case, customerId: string): Promise<void> {
  const { given, asked } = item;
  const { contactPoints, kind } = await readCustomer(context, customerId);
  const screening = caseScreening(item);
  moveTo(context, Date.parse(asked.when));
  for (const point of contactPoints) {
    const number = point.kind === 'mobile' || point.kind === 'landline' ? point.normalised : null;
    if (number === null || screening === null) continue;
    const register = isCorporateSubscriber(kind) ? 'ctps' : 'tps';
    await recordScreenings(context, [{ register, number, ...screening }]);
  }
  if (given.mps) {
    const screenedOn = londonDateOf(Date.parse(asked.when));
    await recordScreenings(context, [{ register: 'mps', customerId, listedOn: screenedOn, screenedOn }]);
  }
  if (given.suppression === undefined) return;
  moveTo(context, Date.parse(given.suppression.at));
  for (const point of contactPoints) {
    if (point.normalised === null) continue;
    const line1 = point.address?.line1 ?? null;
    await suppressContact(context, {
      kind: point.kind,
      normalised: point.normalised,
      line1,
      reason: 'objection',
    });
  }
}

function moveTo(context: CaseContext, instant: number): void {
  context.clock.set(Temporal.Instant.fromEpochMilliseconds(instant));
}

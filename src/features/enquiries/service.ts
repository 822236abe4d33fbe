import { v7 as uuid } from 'uuid';
import type { EnquiryStage } from '../../domain/enquiry.ts';
import { isOpenStage } from '../../domain/enquiry.ts';
import { daysBetween, londonDateOf } from '../../domain/london.ts';
import { displayNameOf } from '../../domain/person-name.ts';
import { parseRegistration } from '../../domain/vehicle-registration.ts';
import { ConflictError, InvalidError, NotFoundError } from '../../platform/application-error.ts';
import type { Actor, Context } from '../../platform/context.ts';
import { nowOf, within } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database.ts';
import { findBranch, listBranches } from '../branches/service.ts';
import { customerIdOf, readCustomer } from '../customers/service.ts';
import { actorNames } from '../users/service.ts';
import type { EnquiryChanges, EnteredEnquiry } from './contract.ts';
import { enquiryChangesSchema, enteredEnquirySchema } from './contract.ts';
import type { PastNote, PastStage } from './history/service.ts';
import { pastNotesOf, stepsOf } from './history/service.ts';
import { requireOwner } from './owners/service.ts';
import { recordSale } from './sales/service.ts';
import type { EnquiryDetails, EnquiryRow, NewEnquiryRow, NoteRow, StageRow } from './store.ts';
import {
  findEnquiry,
  findNotes,
  findStages,
  holdCustomer,
  insertEnquiry,
  insertNote,
  insertStage,
  lockEnquiry,
  updateEnquiry,
} from './store.ts';

/**
 * Sales enquiries: who wants to buy what, what is done next, and how it ended.
 * Guarantees that one is lost with a reason and sold with a vehicle that becomes the customer's, and that every
 * stage it went through is on record, so that what was open at any instant can be told.
 */
export interface Enquiry extends EnquiryRow {
  readonly customerNumber: string;
  readonly displayName: string;
  /** The code of the branch. */
  readonly branch: string;
  readonly branchName: string;
  readonly ownerName: string | null;
  readonly open: boolean;
  readonly overdueDays: number;
  readonly notes: readonly NoteRow[];
  readonly stages: readonly StageRow[];
}

type Transaction = Parameters<typeof lockEnquiry>[0];

/**
 * Enters an enquiry of a customer; answers its id.
 *
 * Throws NotFoundError for an unknown customer, ConflictError for a record that became part of another one,
 * InvalidError for an unknown branch or owner or a registration that cannot be read.
 */
export async function createEnquiry(context: Context, given: EnteredEnquiry, actor: Actor): Promise<string> {
  const { customer: reference, branch, source, note, ...fields } = enteredEnquirySchema.parse(given);
  const customer = await readCustomer(context, await customerIdOf(context, reference));
  const branchId = branch === undefined ? customer.branchId : (await findBranch(context, branch)).id;
  const details = { ...noDetails, ...(await detailsOf(context, fields)) };
  const row = { id: uuid(), customerId: customer.id, branchId, source, ...details };
  await inTransaction(context.database.db, async (transaction) => {
    await openEnquiryIn(transaction, context, row, actor);
    if (note !== undefined) await writeNoteIn(transaction, context, row, note, actor);
  });
  return row.id;
}

const noDetails: EnquiryDetails = {
  vehicleOfInterest: null,
  stockNumber: null,
  partExchange: null,
  partExchangeRegistration: null,
  budgetPence: null,
  financeInterest: 'not_asked',
  ownerId: null,
  nextAction: null,
  nextActionOn: null,
};

/** Writes an enquiry with its first stage. Throws ConflictError for a record that became part of another one. */
export async function openEnquiryIn(
  transaction: Transaction,
  context: Context,
  row: Omit<NewEnquiryRow, 'openedAt' | 'openedBy'> & { readonly openedAt?: number },
  actor: Actor,
): Promise<void> {
  if (!(await holdCustomer(transaction, row.customerId))) {
    throw new ConflictError('This record became part of another one: enter the enquiry there.', {
      code: 'customer-merged',
    });
  }
  const openedAt = row.openedAt ?? nowOf(context);
  const openedBy = actor.id ?? actor.kind;
  await insertEnquiry(transaction, { ...row, openedAt, openedBy });
  await insertStage(transaction, row, { stage: 'new', changedAt: openedAt, changedBy: openedBy });
}

/** Throws NotFoundError. */
export async function readEnquiry(context: Context, id: string): Promise<Enquiry> {
  const row = await findEnquiry(context.database.db, id);
  if (row === undefined) throw unknownEnquiry();
  const { db } = context.database;
  const [customer, notes, stages, branches] = await Promise.all([
    readCustomer(context, row.customerId),
    findNotes(db, row),
    findStages(db, row),
    listBranches(context),
  ]);
  const people = [row.openedBy, ...notes.map((note) => note.writtenBy), ...stages.map((s) => s.changedBy)];
  const names = await actorNames(context, row.ownerId === null ? people : [...people, row.ownerId]);
  const nameOf = (who: string): string => names.get(who) ?? who;
  const branch = branches.find((each) => each.id === row.branchId);
  return {
    ...row,
    openedBy: nameOf(row.openedBy),
    customerNumber: customer.customerNumber,
    displayName: displayNameOf(customer),
    branch: branch?.code ?? '',
    branchName: branch?.name ?? '',
    ownerName: row.ownerId === null ? null : nameOf(row.ownerId),
    open: isOpenStage(row.stage),
    overdueDays: overdueDaysOf(row.nextActionOn, nowOf(context)),
    notes: notes.map((note) => ({ ...note, writtenBy: nameOf(note.writtenBy) })),
    stages: stages.map((stage) => ({ ...stage, changedBy: nameOf(stage.changedBy) })),
  };
}

/** Days in London since an action was due; 0 on the day itself, before it and without one. */
export function overdueDaysOf(on: string | null, now: number): number {
  return on === null ? 0 : Math.max(0, daysBetween(on, londonDateOf(now)));
}

/**
 * Edits an enquiry, or moves it to another stage. What is left out stays.
 *
 * Throws NotFoundError, ConflictError `version-changed` when somebody else was first and `enquiry-sold` for one that
 * is sold already, InvalidError for a stage without what it needs.
 */
export async function changeEnquiry(
  context: Context,
  id: string,
  given: EnquiryChanges,
  { expectedVersion, actor }: { readonly expectedVersion: number; readonly actor: Actor },
): Promise<void> {
  const { stage, lostReason, lostNote, sale, ...fields } = enquiryChangesSchema.parse(given);
  requireWhatEnds(stage, lostReason, sale);
  const details = await detailsOf(context, fields);
  await inTransaction(context.database.db, async (transaction) => {
    const inside = within(context, transaction);
    const known = await findEnquiry(transaction, id);
    if (known === undefined) throw unknownEnquiry();
    // why: the customer is locked before the enquiry, as a merge does, so that neither waits for the other.
    const sold = sale === undefined || known.stage === 'sold' ? null : await recordSale(inside, known, sale);
    const enquiry = await lockEnquiry(transaction, id);
    if (enquiry === undefined || enquiry.version !== expectedVersion) {
      throw new ConflictError('Somebody else changed this enquiry meanwhile: read it again.', {
        code: 'version-changed',
      });
    }
    const at = nowOf(context);
    const moved = stage === undefined || stage === enquiry.stage ? null : stage;
    if (moved !== null) {
      if (enquiry.stage === 'sold') throw alreadySold();
      await insertStage(transaction, enquiry, {
        stage: moved,
        changedAt: at,
        changedBy: actor.id ?? actor.kind,
      });
    }
    const ending =
      moved === null
        ? {}
        : {
            stage: moved,
            lostReason: lostReason ?? null,
            lostNote: lostNote ?? null,
            soldVehicleId: sold?.vehicleId ?? null,
            soldOn: sold?.soldOn ?? null,
            closedAt: isOpenStage(moved) ? null : at,
            // Nothing is left to do about one that has ended.
            ...(isOpenStage(moved) ? {} : { nextAction: null, nextActionOn: null }),
          };
    await updateEnquiry(transaction, id, { ...details, ...ending }, at);
  });
}

function requireWhatEnds(stage: EnquiryStage | undefined, lostReason: unknown, sale: unknown): void {
  if (stage === 'lost' && lostReason === undefined) {
    throw new InvalidError('Say why it was lost: choose a reason.', { field: 'lostReason' });
  }
  if (stage === 'sold' && sale === undefined) {
    throw new InvalidError('Say which vehicle was sold: give its registration or VIN.', {
      field: 'sale.vehicle.registration',
    });
  }
  if (stage !== 'lost' && lostReason !== undefined) {
    throw new InvalidError('Only a lost enquiry has a reason: leave it out.', { field: 'lostReason' });
  }
  if (stage !== 'sold' && sale !== undefined) {
    throw new InvalidError('Only a sold enquiry has a sale: leave it out.', { field: 'sale' });
  }
}

function alreadySold(): ConflictError {
  return new ConflictError(
    'This enquiry is sold. If that was wrong, mark the vehicle as no longer theirs and enter a new enquiry.',
    { code: 'enquiry-sold', field: 'stage' },
  );
}

type GivenDetails = Pick<
  ReturnType<typeof enquiryChangesSchema.parse>,
  Exclude<keyof EnquiryDetails, 'nextActionOn' | 'nextAction'> | 'nextAction'
>;

/** What was given, as it is stored. Throws InvalidError. */
async function detailsOf(context: Context, given: GivenDetails): Promise<Partial<EnquiryDetails>> {
  const { nextAction, partExchangeRegistration, ownerId, ...fields } = given;
  if (ownerId !== undefined && ownerId !== null) await requireOwner(context, ownerId);
  const action =
    nextAction === undefined
      ? {}
      : { nextAction: nextAction?.what ?? null, nextActionOn: nextAction?.on ?? null };
  return {
    ...(Object.fromEntries(
      Object.entries(fields).filter(([, value]) => value !== undefined),
    ) as Partial<EnquiryDetails>),
    ...(ownerId === undefined ? {} : { ownerId }),
    ...(partExchangeRegistration === undefined
      ? {}
      : { partExchangeRegistration: registrationOf(partExchangeRegistration) }),
    ...action,
  };
}

function registrationOf(given: string | null): string | null {
  if (given === null) return null;
  const parsed = parseRegistration(given);
  if (parsed.ok) return parsed.registration;
  throw new InvalidError(parsed.sentence, { field: 'partExchangeRegistration' });
}

/** Every step of every enquiry of a customer, in words. */
export async function enquiryStepsOf(context: Context, customerId: string): Promise<PastStage[]> {
  return stepsOf(context, customerId);
}

/** Every note on every enquiry of a customer. */
export async function enquiryNotesOf(context: Context, customerId: string): Promise<PastNote[]> {
  return pastNotesOf(context, customerId);
}

/** Adds a note. Throws NotFoundError. */
export async function addNote(context: Context, id: string, text: string, actor: Actor): Promise<void> {
  await inTransaction(context.database.db, async (transaction) => {
    const enquiry = await lockEnquiry(transaction, id);
    if (enquiry === undefined) throw unknownEnquiry();
    await writeNoteIn(transaction, context, enquiry, text, actor);
  });
}

/** Adds a note to an enquiry that nobody else can change meanwhile. */
export async function writeNoteIn(
  transaction: Transaction,
  context: Context,
  enquiry: { readonly customerId: string; readonly id: string },
  text: string,
  actor: Actor,
): Promise<void> {
  await insertNote(transaction, enquiry, noteOf(context, text, actor));
}

function noteOf(context: Context, text: string, actor: Actor): NoteRow {
  return { id: uuid(), text, writtenAt: nowOf(context), writtenBy: actor.id ?? actor.kind };
}

function unknownEnquiry(): NotFoundError {
  return new NotFoundError('There is no such enquiry.', { code: 'enquiry-not-found' });
}

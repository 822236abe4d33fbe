import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { displayNameOf } from '../../../domain/person-name.ts';
import { categoryWords } from '../../../domain/plain-words.ts';
import { screenChannelLabels } from '../../../domain/screen-channels.ts';
import { parseRegistration } from '../../../domain/vehicle-registration.ts';
import { InvalidError, NotFoundError } from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf, within } from '../../../platform/context.ts';
import { inTransaction, toTimestamp } from '../../../platform/database.ts';
import { findBranch, listBranches } from '../../branches/service.ts';
import { readGivenContactPoint } from '../../contact-points/service.ts';
import { readCustomer } from '../../customers/service.ts';
import { actorNames } from '../../users/service.ts';
import type { SpokenWording } from '../../wordings/service.ts';
import { keepWordingIn } from '../../wordings/service.ts';
import type { shownLeadSchema, WebLead, webWordingSchema } from './contract.ts';
import { webLeadSchema } from './contract.ts';
import { settleHeldTicks } from './jobs.ts';
import type { KeptLead, KeptTick, TickOutcome } from './store.ts';
import {
  findLead,
  findState,
  findText,
  findWebWordings,
  insertLead,
  insertUnknown,
  setState,
} from './store.ts';

/**
 * What came in from a website, and the wordings that it showed. Guarantees that taking it in looks at nobody who is on
 * file, so that neither the answer nor the time it takes tells whether somebody is, and that no wording counts before
 * somebody who answers for the data has read it.
 */
type GivenLead = z.output<typeof webLeadSchema>;

const clockToleranceMilliseconds = 5 * 60_000;

/**
 * Keeps what a visitor sent; answers its id, which is that of the enquiry it becomes. Throws InvalidError for what
 * cannot be read, and for ticks without the wording that was shown.
 */
export async function receiveWebLead(context: Context, given: WebLead, actor: Actor): Promise<string> {
  const lead = webLeadSchema.parse(given);
  const receivedAt = nowOf(context);
  const submittedAt = lead.submittedAt === undefined ? receivedAt : Date.parse(lead.submittedAt);
  if (submittedAt > receivedAt + clockToleranceMilliseconds) {
    throw new InvalidError('This lies in the future: give the moment at which the form was sent.', {
      field: 'submittedAt',
    });
  }
  requireVisitor(lead);
  requireWording(lead);
  const branchId = await branchIdOf(context, lead.branch);
  const kept = keptOf(lead);
  const id = uuid();
  await inTransaction(context.database.db, async (transaction) => {
    let wordingHash: Buffer | null = null;
    if (lead.wording !== undefined) {
      wordingHash = Buffer.from(await keepWordingIn(transaction, context, lead.wording), 'hex');
      await insertUnknown(transaction, wordingHash, receivedAt);
    }
    const ticks: KeptTick[] = lead.ticks.map((tick) => ({ ...tick, outcome: null }));
    const receivedBy = actor.id ?? actor.kind;
    const row = { id, receivedAt, receivedBy, submittedAt, branchId, lead: kept, wordingHash, ticks };
    await insertLead(transaction, row);
  });
  return id;
}

function requireVisitor({ visitor }: GivenLead): void {
  const { forename, surname, companyName, phone, email } = visitor;
  if (!forename && !surname && !companyName) {
    throw new InvalidError('Give a forename, a surname or a company.', { field: 'visitor.surname' });
  }
  if (!phone && !email) {
    throw new InvalidError('Give a telephone number or an email address.', { field: 'visitor.email' });
  }
  for (const [kind, value] of [
    ['phone', phone],
    ['email', email],
  ] as const) {
    if (!value) continue;
    try {
      readGivenContactPoint({ kind, value });
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      throw new InvalidError(error.message, { field: `visitor.${kind}`, cause: error });
    }
  }
}

function requireWording({ wording, ticks }: GivenLead): void {
  if (ticks.length > 0 && wording === undefined) {
    throw new InvalidError('Give the exact wording that the visitor saw beside the boxes.', {
      field: 'wording',
      code: 'evidence-required',
    });
  }
  const seen = new Set<string>();
  for (const [index, { channel, category }] of ticks.entries()) {
    const box = `${channel} ${category}`;
    if (seen.has(box)) {
      throw new InvalidError('The same box is answered twice: give each box one answer.', {
        field: `ticks.${index}`,
      });
    }
    seen.add(box);
  }
}

async function branchIdOf(context: Context, branch: string | undefined): Promise<number> {
  if (branch !== undefined) return (await findBranch(context, branch)).id;
  const [only, another] = await listBranches(context);
  if (only !== undefined && another === undefined) return only.id;
  throw new InvalidError('There are several branches: say which one with its code or name.', {
    field: 'branch',
  });
}

function keptOf(lead: GivenLead): KeptLead {
  const { visitor, partExchangeRegistration = null } = lead;
  return {
    visitor: {
      title: visitor.title ?? null,
      forename: visitor.forename ?? null,
      surname: visitor.surname ?? null,
      companyName: visitor.companyName ?? null,
      phone: visitor.phone ?? null,
      email: visitor.email ?? null,
    },
    vehicleOfInterest: lead.vehicleOfInterest ?? null,
    stockNumber: lead.stockNumber ?? null,
    partExchange: lead.partExchange ?? null,
    partExchangeRegistration: registrationOf(partExchangeRegistration),
    budgetPence: lead.budgetPence ?? null,
    financeInterest: lead.financeInterest,
    message: lead.message ?? null,
  };
}

function registrationOf(given: string | null): string | null {
  if (given === null) return null;
  const parsed = parseRegistration(given);
  if (parsed.ok) return parsed.registration;
  throw new InvalidError(parsed.sentence, { field: 'partExchangeRegistration' });
}

const outcomeSentences: Readonly<Record<TickOutcome, string>> = {
  recorded_yes: 'Ticked: recorded as a yes, with the wording they saw.',
  recorded_no: 'Shown and left unticked: recorded as a no.',
  no_stands:
    'Ticked, but a no stands, and a form on the website does not lift it: anybody can type a name. Ask them.',
  other_contact:
    'Ticked for a number or address that is not the one on their record: not recorded. Ask them.',
  wording_unknown:
    'Ticked on a wording that nobody here has accepted yet: it counts from then, once the privacy lead accepts it.',
  wording_refused: 'Ticked on a wording that was refused: not recorded. Ask them.',
};

/** What the visitor typed and ticked, and what became of it; null for an enquiry that did not come from a website. */
export async function shownLeadOf(
  context: Context,
  id: string,
): Promise<z.input<typeof shownLeadSchema> | null> {
  const { db } = context.database;
  const row = await findLead(db, id);
  if (row === undefined) return null;
  const lookalikes = await Promise.all(row.lookalikeIds.map((each) => readCustomer(context, each)));
  const wording = row.wordingHash === null ? undefined : await findText(db, row.wordingHash);
  const state = row.wordingHash === null ? undefined : await findState(db, row.wordingHash);
  return {
    submittedAt: toTimestamp(row.submittedAt),
    visitor: row.lead.visitor,
    matchedOn: [...row.matchedOn],
    lookalikes: lookalikes.map((customer) => ({
      customerId: customer.id,
      customerNumber: customer.customerNumber,
      displayName: displayNameOf(customer),
    })),
    wording: wording === undefined ? null : { text: wording.text, state: state ?? 'unknown' },
    ticks: row.ticks.flatMap(({ channel, category, ticked, outcome }) =>
      outcome === null
        ? []
        : [
            {
              label: `${screenChannelLabels[channel]}, ${categoryWords[category]}`,
              ticked,
              outcome,
              sentence: outcomeSentences[outcome],
            },
          ],
    ),
  };
}

/** Every wording that a website showed, those nobody has judged first. */
export async function listWebWordings(context: Context): Promise<z.input<typeof webWordingSchema>[]> {
  const rows = await findWebWordings(context.database.db);
  const names = await actorNames(
    context,
    rows.flatMap(({ judgedBy }) => judgedBy ?? []),
  );
  return rows.map((row) => ({
    ...row,
    hash: row.hash.toString('hex'),
    firstSeenAt: toTimestamp(row.firstSeenAt),
    judgedAt: row.judgedAt === null ? null : toTimestamp(row.judgedAt),
    judgedBy: row.judgedBy === null ? null : (names.get(row.judgedBy) ?? null),
  }));
}

/** Registers a wording before the website shows it. Answers its hash. */
export async function registerWebWording(
  context: Context,
  wording: SpokenWording,
  actor: Actor,
): Promise<string> {
  return inTransaction(context.database.db, async (transaction) => {
    const hash = await keepWordingIn(transaction, context, wording);
    await insertUnknown(transaction, Buffer.from(hash, 'hex'), nowOf(context));
    await judgeWebWording(within(context, transaction), hash, 'accepted', actor);
    return hash;
  });
}

/** Accepts or refuses a wording; ticks that waited for it are settled with it. Throws NotFoundError. */
export async function judgeWebWording(
  context: Context,
  hash: string,
  state: 'accepted' | 'refused',
  actor: Actor,
): Promise<void> {
  const buffer = Buffer.from(hash, 'hex');
  await inTransaction(context.database.db, async (transaction) => {
    const judged = { state, at: nowOf(context), by: actor.id ?? actor.kind };
    if (!(await setState(transaction, buffer, judged))) {
      throw new NotFoundError('No website has shown such a wording.', { code: 'web-wording-not-found' });
    }
    await settleHeldTicks(within(context, transaction), transaction, buffer, state);
  });
}

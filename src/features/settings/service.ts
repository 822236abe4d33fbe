import type { PolicySettings } from '../../domain/policy.ts';
import { defaultPolicySettings, policySettingsSchema } from '../../domain/policy.ts';
import { assumeLegitimateInterestWarning } from '../../domain/policy-warning.ts';
import { InvalidError } from '../../platform/application-error.ts';
import type { Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database.ts';
import { readBySchema } from '../../platform/schema-faults.ts';
import type { StoredPolicy } from './store.ts';
import { findPolicy, insertPolicy, listPolicies, lockPolicies } from './store.ts';

/**
 * The dealer's policy, as versions with an effective instant.
 * Guarantees that there is always one in force, that a fresh database is strict, and that nobody switches to
 * the assumption of legitimate interest without a named person accepting its warning.
 */
export interface PolicyVersion {
  readonly id: number;
  readonly settings: PolicySettings;
  readonly effectiveAt: number;
  readonly nextEffectiveAt: number | null;
  /** False for the policy a fresh database starts with. */
  readonly chosenExplicitly: boolean;
  readonly reason: string | null;
  readonly recordedBy: string;
  readonly recordedAt: number;
  readonly warningAcceptedBy: string | null;
}

/** The policy in force at an instant (milliseconds; default now). */
export async function policyAt(context: Context, at: number = nowOf(context)): Promise<PolicyVersion> {
  const stored = await findPolicy(context.database.db, at);
  // Before the first version there was no explicit choice: the strict reading is what the law itself gives.
  return stored === undefined ? beforeTheFirst : read(stored);
}

export async function policyHistory(context: Context): Promise<PolicyVersion[]> {
  return (await listPolicies(context.database.db)).map(read);
}

/** Records the strict policy of a fresh database. Several processes may start at once: one row results. */
export async function ensurePolicy(context: Context): Promise<void> {
  await inTransaction(context.database.db, async (transaction) => {
    await lockPolicies(transaction);
    if ((await listPolicies(transaction)).length > 0) return;
    await insertPolicy(transaction, {
      settings: defaultPolicySettings,
      effectiveAt: beginning,
      chosenExplicitly: false,
      reason: 'A fresh database starts with the strict policy.',
      recordedBy: 'navigator',
      recordedAt: nowOf(context),
      warningAcceptedBy: null,
      warningAccepted: null,
    });
  });
}

export interface PolicyChange {
  /**
   * Settings that change; the others stay as they are in force at the effective instant. Only naming the
   * policy itself is choosing it.
   */
  readonly settings: { readonly [Name in keyof PolicySettings]?: PolicySettings[Name] | undefined };
  /** Milliseconds; default now. Never in the past: decisions made keep the policy of their time. */
  readonly effectiveAt?: number;
  readonly reason: string | null;
  readonly recordedBy: string;
  /** The full name of the person who accepts the printed warning; needed for assume_legitimate_interest. */
  readonly warningAcceptedBy?: string | null;
}

/** Adds a version. Throws InvalidError for a value that is not allowed or a warning nobody accepted. */
export async function changePolicy(context: Context, change: PolicyChange): Promise<PolicyVersion> {
  const now = nowOf(context);
  const effectiveAt = change.effectiveAt ?? now;
  if (effectiveAt < now) {
    throw new InvalidError('A policy cannot take effect in the past: choose now or a later instant.', {
      field: 'effectiveAt',
    });
  }
  await inTransaction(context.database.db, async (transaction) => {
    await lockPolicies(transaction);
    const stored = await findPolicy(transaction, effectiveAt);
    const base = stored === undefined ? beforeTheFirst : read(stored);
    const changed = Object.entries(change.settings).filter(([, value]) => value !== undefined);
    const settings = checked({ ...base.settings, ...Object.fromEntries(changed) });
    const namesPolicy = change.settings.policy !== undefined;
    const acceptedBefore = namesPolicy ? null : base.warningAcceptedBy;
    const acceptedBy = (change.warningAcceptedBy ?? acceptedBefore ?? '').trim();
    const assumes = settings.policy === 'assume_legitimate_interest';
    if (assumes && !isName(acceptedBy)) {
      throw new InvalidError(
        `The policy assume_legitimate_interest needs the name of the person who accepts this warning: ${assumeLegitimateInterestWarning}`,
        { field: 'warningAcceptedBy', code: 'warning-not-accepted' },
      );
    }
    await insertPolicy(transaction, {
      settings,
      effectiveAt,
      chosenExplicitly: namesPolicy || base.chosenExplicitly,
      reason: change.reason,
      recordedBy: change.recordedBy,
      recordedAt: now,
      warningAcceptedBy: assumes ? acceptedBy : null,
      warningAccepted: assumes ? assumeLegitimateInterestWarning : null,
    });
  });
  return policyAt(context, effectiveAt);
}

/** Two letters at least that are seen: blanks and invisible characters name nobody. */
function isName(text: string): boolean {
  return (text.match(/\p{L}/gu) ?? []).length >= 2;
}

/**
 * Adds a version with the same settings, from now on: for a change outside the settings that concerns
 * everybody, so that no standing decision made before it counts any more.
 */
export async function renewPolicy(
  transaction: Parameters<typeof lockPolicies>[0],
  context: Context,
  reason: string,
): Promise<void> {
  await lockPolicies(transaction);
  const now = nowOf(context);
  const stored = await findPolicy(transaction, now);
  const base = stored === undefined ? beforeTheFirst : read(stored);
  await insertPolicy(transaction, {
    settings: base.settings,
    effectiveAt: now,
    chosenExplicitly: base.chosenExplicitly,
    reason,
    recordedBy: 'navigator',
    recordedAt: now,
    warningAcceptedBy: base.warningAcceptedBy,
    warningAccepted: base.warningAcceptedBy === null ? null : assumeLegitimateInterestWarning,
  });
}

const beginning = 0;

const beforeTheFirst: PolicyVersion = {
  id: 0,
  settings: defaultPolicySettings,
  effectiveAt: beginning,
  nextEffectiveAt: null,
  chosenExplicitly: false,
  reason: null,
  recordedBy: 'navigator',
  recordedAt: beginning,
  warningAcceptedBy: null,
};

function checked(settings: unknown): PolicySettings {
  const result = readBySchema(policySettingsSchema, settings, 'settings');
  if ('value' in result) return result.value;
  const [{ field, message } = { field: 'settings', message: 'This value is not allowed.' }] =
    result.error.faults;
  throw new InvalidError(`The setting ${field} is not usable. ${message}`, { field });
}

function read(stored: StoredPolicy): PolicyVersion {
  // A setting added by a later version of the program takes its default in older policies.
  return {
    ...stored,
    settings: policySettingsSchema.parse({ ...defaultPolicySettings, ...(stored.settings as object) }),
  };
}

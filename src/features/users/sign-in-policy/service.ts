import { ConflictError } from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import type { Role } from '../roles.ts';
import { roleOf, roles } from '../roles.ts';
import { actorNames } from '../service.ts';
import { findPolicy, insertPolicy } from './store.ts';

/**
 * Of which roles a second factor is asked.
 * Guarantees that it counts at the next request of everybody, whoever is signed in, and that every version of it stays
 * on record with who chose it.
 */
export interface SignInPolicyInForce {
  readonly secondFactorRoles: Role[];
  readonly setAt: number;
  readonly setBy: string;
  readonly version: number;
}

export async function readSignInPolicy(context: Context): Promise<SignInPolicyInForce> {
  const policy = await findPolicy(context.database.db);
  const names = await actorNames(context, [policy.setBy]);
  return {
    ...policy,
    secondFactorRoles: policy.secondFactorRoles.map(roleOf),
    setBy: names.get(policy.setBy) ?? policy.setBy,
  };
}

/** Chooses anew. Throws ConflictError `version-changed` when somebody else was first. */
export async function changeSignInPolicy(
  context: Context,
  wanted: { readonly secondFactorRoles: readonly Role[] },
  { expectedVersion, actor }: { readonly expectedVersion: number; readonly actor: Actor },
): Promise<void> {
  const { version } = await findPolicy(context.database.db);
  const next = {
    version: version + 1,
    secondFactorRoles: roles.filter((role) => wanted.secondFactorRoles.includes(role)),
    setAt: nowOf(context),
    setBy: actor.id ?? actor.kind,
  };
  if (version === expectedVersion && (await insertPolicy(context.database.db, next))) return;
  throw new ConflictError('Somebody else changed this meanwhile: read it again.', {
    code: 'version-changed',
  });
}

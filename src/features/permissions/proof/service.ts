import type { Method } from '../../../domain/vocabulary.ts';
import { InvalidError } from '../../../platform/application-error.ts';

/** What a yes has to come with before it is recorded; guarantees that one which could not be proved is refused. */

/**
 * A yes without how it was given, or without what was said, cannot be proved (UK GDPR 7(1)). Throws InvalidError.
 *
 * @param wordingField where the caller gives the wording.
 */
export function requireProof(method: unknown, wording: unknown, wordingField = 'wording'): void {
  if (method === null || method === undefined) {
    throw new InvalidError('Say how the customer told us: in person, by phone, on paper or themselves.', {
      field: 'method',
      code: 'evidence-required',
    });
  }
  if (wording === null || wording === undefined) {
    throw new InvalidError('Give the exact wording that was shown or read to the customer.', {
      field: wordingField,
      code: 'evidence-required',
    });
  }
}

/** What is written down while the customer says it. A form, a letter or a file came from an earlier moment. */
const saidJustNow: ReadonlySet<Method> = new Set<Method>(['in_person', 'phone', 'portal']);

/**
 * Who, when, how and on what wording (UK GDPR 7(1)): a yes of an unknown moment is not proved, and takes back no no,
 * which only a later yes does. Throws InvalidError.
 *
 * @param method where it matters, by which an answer without a moment was given.
 */
export function requireMoment(occurredAt: string | null | undefined, method: Method | null = null): void {
  const isJustNow = occurredAt === undefined && (method === null || saidJustNow.has(method));
  if (isJustNow || (occurredAt !== null && occurredAt !== undefined)) return;
  throw new InvalidError('Say when the customer told us; leave it out when that was just now.', {
    field: 'occurredAt',
    code: 'evidence-required',
  });
}

/**
 * In which places the pop-up of a customer has opened by itself since somebody signed in. Ids alone, of this browser
 * alone, gone with the next sign-in or sign-out.
 */
export type Place = 'record' | 'appointment' | 'enquiry';

/** What is remembered: another branch asks for itself, and a review that comes due again has not been asked for. */
export interface Access {
  readonly place: Place;
  readonly customerId: string;
  readonly branch: string;
  readonly lastReviewAt: string | null;
}

const name = 'navigator-first-access';
/** More customers than anybody opens in a day; the oldest give way. */
const keptMax = 1_000;

export function isFirstAccess(access: Access): boolean {
  return !kept().includes(entryOf(access));
}

export function rememberAccess(access: Access): void {
  const entries = [...kept(), entryOf(access)].slice(-keptMax);
  try {
    localStorage.setItem(name, JSON.stringify(entries));
  } catch {
    // Where nothing can be kept, every access is the first one: asked once too often is no harm.
  }
}

export function forgetAccesses(): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // Nothing was kept.
  }
}

function kept(): readonly string[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(name) ?? '[]');
    return Array.isArray(read) ? read.map(String) : [];
  } catch {
    return [];
  }
}

function entryOf({ place, customerId, branch, lastReviewAt }: Access): string {
  return [place, customerId, branch, lastReviewAt ?? 'never'].join(' ');
}

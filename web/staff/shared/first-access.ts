/**
 * In which places the pop-up of a customer has opened by itself since somebody signed in. Ids alone, of this browser
 * alone, gone with the next sign-in or sign-out.
 */
export type Place = 'record' | 'appointment' | 'enquiry';

const name = 'navigator-first-access';
/** More customers than anybody opens in a day; the oldest give way. */
const keptMax = 1_000;

export function isFirstAccess(place: Place, customerId: string): boolean {
  return !kept().includes(entryOf(place, customerId));
}

export function rememberAccess(place: Place, customerId: string): void {
  const entries = [...kept(), entryOf(place, customerId)].slice(-keptMax);
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

function entryOf(place: Place, customerId: string): string {
  return `${place} ${customerId}`;
}

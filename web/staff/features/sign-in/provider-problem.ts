/** Why somebody came back from the provider without being signed in, and what to do. */
const sentences = new Map<string, (name: string) => string>([
  ['provider-off', () => 'There is no other way to sign in here: use your username and password.'],
  [
    'provider-away',
    (name) => `${name} cannot be reached, or is not set up: try again in a moment, or ask an administrator.`,
  ],
  ['provider-refused', (name) => `${name} did not sign you in: try again, or ask whoever looks after it.`],
  [
    'provider-answer',
    (name) => `${name} gave an answer that Navigator does not trust: try again, or ask an administrator.`,
  ],
  [
    'sign-in-expired',
    () => 'Signing in took longer than ten minutes, or was begun again elsewhere: begin again here.',
  ],
  [
    'unknown-person',
    (name) =>
      `${name} knows you, but no account here has your email address: ask an administrator to enter it under Staff.`,
  ],
  [
    'unverified-email',
    (name) =>
      `${name} has not verified your email address, so nobody can be found by it here: ask whoever looks after it.`,
  ],
  ['account-disabled', () => 'Your account here is disabled: ask an administrator.'],
]);

/** One sentence; null for what is no such problem, whatever an address says. */
export function providerSentence(problem: string | undefined, name: string): string | null {
  return sentences.get(problem ?? '')?.(name) ?? null;
}

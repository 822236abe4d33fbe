import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { InvalidError } from '../../platform/application-error.ts';

/**
 * Passwords of staff: Argon2id with the parameters that OWASP gives for it, kept as a PHC string so that the
 * parameters can grow and old hashes still be read.
 */
const parameters = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
const saltBytes = 16;

const charactersMin = 12;
const charactersMax = 200;

/** Long rather than complicated (NCSC). Throws InvalidError with a sentence that says what is wrong. */
export function requireGoodPassword(password: string, username: string, field = 'password'): void {
  const length = [...password].length;
  const refuse = (message: string): never => {
    throw new InvalidError(message, { field });
  };
  if (length < charactersMin) refuse(`The password is too short: use at least ${charactersMin} characters.`);
  if (length > charactersMax) refuse(`The password is too long: use at most ${charactersMax} characters.`);
  if (new Set(password.toLowerCase()).size < 5) {
    refuse('The password repeats a few characters: use several words instead.');
  }
  const lower = password.toLowerCase();
  if (username.length >= 4 && lower.includes(username.toLowerCase())) {
    refuse('The password holds the username: use other words.');
  }
  if (usualWords.some((word) => lower.replaceAll(/[^a-z]/g, '') === word)) {
    refuse('The password is one that is tried first: use several unrelated words.');
  }
}

const usualWords = [
  'password',
  'passwordpassword',
  'letmein',
  'letmeinletmein',
  'welcome',
  'qwertyuiop',
  'qwertyqwerty',
  'administrator',
  'navigator',
  'navigatornavigator',
  'dealership',
  'changeme',
  'iloveyou',
];

/** Where a hash would be, of somebody who has no password: they sign in by a link, or elsewhere. No password fits. */
export const noPassword = 'none';

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const tag = await tagOf(password, salt, parameters);
  const { memory, passes, parallelism } = parameters;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`;
}

/** False for a hash that cannot be read: an unknown password is a wrong one. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(hash);
  if (match === null) return false;
  const [, memory, passes, parallelism, salt = '', stored = ''] = match;
  const expected = Buffer.from(stored, 'base64');
  const tag = await tagOf(password, Buffer.from(salt, 'base64'), {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  });
  return timingSafeEqual(tag, expected);
}

function tagOf(password: string, nonce: Buffer, cost: typeof parameters): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2('argon2id', { message: password.normalize('NFKC'), nonce, ...cost }, (error, tag) => {
      if (error === null) resolve(tag);
      else reject(error);
    });
  });
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * Secrets that have to be read again, kept in the database so that the database alone tells nothing: AES-256-GCM
 * under a key that is not in it. `subject` says whose it is: sealed for one, it cannot be opened for another.
 */
const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

export function seal(key: Buffer, content: Buffer, subject: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(subject));
  const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]);
}

/** Throws when it was sealed with another key or for somebody else, or was changed. */
export function unseal(key: Buffer, sealed: Buffer, subject: string): Buffer {
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes))
    .setAAD(Buffer.from(subject))
    .setAuthTag(sealed.subarray(-tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]);
}

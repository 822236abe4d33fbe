import { hash } from 'node:crypto';

/**
 * Remembers which of millions of texts were seen, in sixteen bytes each: a set of strings would take a
 * hundred. Two texts are taken for one when 64 bits of their SHA-256 agree, which among ten million happens
 * in one file of three hundred thousand; it is used for counting, and where a mistake assumes less of somebody.
 */
export class FingerprintSet {
  #slots = new BigUint64Array(1 << 16);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(text: string): boolean {
    return this.#slots[this.#slotOf(fingerprint(text))] !== 0n;
  }

  /** False when it was there already. */
  add(text: string): boolean {
    const print = fingerprint(text);
    const slot = this.#slotOf(print);
    if (this.#slots[slot] !== 0n) return false;
    this.#slots[slot] = print;
    this.#size += 1;
    if (this.#size * 2 > this.#slots.length) this.#grow();
    return true;
  }

  #slotOf(print: bigint): number {
    const last = this.#slots.length - 1;
    let slot = Number(print & BigInt(last));
    while (this.#slots[slot] !== 0n && this.#slots[slot] !== print) slot = slot === last ? 0 : slot + 1;
    return slot;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new BigUint64Array(before.length * 2);
    for (const print of before) {
      if (print !== 0n) this.#slots[this.#slotOf(print)] = print;
    }
  }
}

/** Never zero, which marks an empty slot. */
function fingerprint(text: string): bigint {
  return hash('sha256', text, 'buffer').readBigUInt64LE(0) || 1n;
}

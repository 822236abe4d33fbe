/**
 * Remembers which of millions of texts were seen, in sixteen bytes each: a set of strings would take a
 * hundred. Two texts are taken for one when all 64 bits of their fingerprints agree, which among ten million happens
 * in one file of three hundred thousand; it is used for counting, and where a mistake assumes less of somebody.
 */
export class FingerprintSet {
  /** The halves of a fingerprint, side by side; both are zero in an empty slot. */
  #slots = new Uint32Array(1 << 17);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(text: string): boolean {
    const [high, low] = fingerprint(text);
    return !this.#isEmpty(this.#slotOf(high, low));
  }

  /** False when it was there already. */
  add(text: string): boolean {
    const [high, low] = fingerprint(text);
    const slot = this.#slotOf(high, low);
    if (!this.#isEmpty(slot)) return false;
    this.#fill(slot, high, low);
    this.#size += 1;
    if (this.#size * 4 > this.#slots.length) this.#grow();
    return true;
  }

  #isEmpty(slot: number): boolean {
    return this.#slots[slot] === 0 && this.#slots[slot + 1] === 0;
  }

  #fill(slot: number, high: number, low: number): void {
    this.#slots[slot] = high;
    this.#slots[slot + 1] = low;
  }

  /** Where this fingerprint is, or would be. */
  #slotOf(high: number, low: number): number {
    const last = this.#slots.length - 2;
    let slot = (low << 1) & last;
    while (!this.#isEmpty(slot) && !(this.#slots[slot] === high && this.#slots[slot + 1] === low)) {
      slot = slot === last ? 0 : slot + 2;
    }
    return slot;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Uint32Array(before.length * 2);
    for (let slot = 0; slot < before.length; slot += 2) {
      const [high = 0, low = 0] = [before[slot], before[slot + 1]];
      if (high !== 0 || low !== 0) this.#fill(this.#slotOf(high, low), high, low);
    }
  }
}

/**
 * Two halves of 32 bits, multiplied and mixed each in its own way, as hash tables do it: nobody has to be kept from
 * finding two texts that agree, and a cryptographic hash takes ten times as long. Never zero and zero.
 */
function fingerprint(text: string): [high: number, low: number] {
  let high = 0x9e_37_79_b9;
  let low = 0x85_eb_ca_6b;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    // Turned, so that the upper bits, which a product fills, reach the lower ones.
    high = Math.imul(((high << 13) | (high >>> 19)) ^ unit, 0x9e_37_79_b1);
    low = Math.imul(((low << 7) | (low >>> 25)) ^ unit, 0x5f_35_64_95);
  }
  const mixedHigh = mixed(high ^ (low >>> 16)) ^ low;
  const mixedLow = mixed(low ^ (high >>> 13)) ^ high;
  return [mixedHigh >>> 0, mixed(mixedLow) >>> 0 || 1];
}

/** Lets every bit depend on every other one. */
function mixed(half: number): number {
  let bits = Math.imul(half ^ (half >>> 16), 0x85_eb_ca_6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2_b2_ae_35);
  return bits ^ (bits >>> 16);
}

/** A reproducible source of chance: the same seed gives the same numbers on every machine. */
export interface Chance {
  /** A number from 0 up to, not including, 1. */
  readonly next: () => number;
  /** A whole number from 0 up to, not including, the limit. */
  readonly below: (limit: number) => number;
  /** True in this share of cases. */
  readonly share: (part: number) => boolean;
}

/** The generator xoshiro128** by Blackman and Vigna, its state filled from the seed by splitmix32. */
export function chanceFrom(seed: number): Chance {
  let fill = seed | 0;
  function splitmix(): number {
    fill = (fill + 0x9e3779b9) | 0;
    let mixed = Math.imul(fill ^ (fill >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  }
  let [a, b, c, d] = [splitmix(), splitmix(), splitmix(), splitmix()];
  function next(): number {
    const scrambled = Math.imul(b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return (result >>> 0) / 0x1_0000_0000;
  }
  return {
    next,
    below: (limit) => Math.floor(next() * limit),
    share: (part) => next() < part,
  };
}

/** Picks items in proportion to their weights, in constant time (Walker's alias method). */
export function pickerOf<Item>(items: readonly (readonly [Item, number])[]): (chance: Chance) => Item {
  const [first] = items;
  if (first === undefined) throw new Error('There is nothing to pick from.');
  const total = items.reduce((sum, [, weight]) => sum + weight, 0);
  const shares = items.map(([, weight]) => (weight / total) * items.length);
  const alias = items.map((_, index) => index);
  const small = shares.flatMap((share, index) => (share < 1 ? [index] : []));
  const large = shares.flatMap((share, index) => (share < 1 ? [] : [index]));
  while (small.length > 0 && large.length > 0) {
    const less = small.pop() ?? 0;
    const more = large.pop() ?? 0;
    alias[less] = more;
    shares[more] = (shares[more] ?? 0) + (shares[less] ?? 0) - 1;
    if ((shares[more] ?? 0) < 1) small.push(more);
    else large.push(more);
  }
  return (chance) => {
    const index = chance.below(items.length);
    const chosen = chance.next() < (shares[index] ?? 1) ? index : (alias[index] ?? index);
    return (items[chosen] ?? first)[0];
  };
}

/** Weights that fall as those of names and towns do: the first is the most common, with a long tail. */
export function ranked<Item>(items: readonly Item[], offset = 6): readonly (readonly [Item, number])[] {
  return items.map((item, rank) => [item, 1 / (rank + offset)] as const);
}

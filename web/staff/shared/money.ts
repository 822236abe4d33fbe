/** Money is kept in pence; people read and type pounds. */
const pounds = new Intl.NumberFormat('en-GB', {
  style: 'currency',
  currency: 'GBP',
  trailingZeroDisplay: 'stripIfInteger',
});

/** "£18,500", "£18,500.50". */
export function sayPounds(pence: number): string {
  return pounds.format(pence / 100);
}

/** What somebody typed, in pence; null where it cannot be read. Thousands may be apart, and `k` stands for them. */
export function readPounds(typed: string): number | null {
  const [, whole, fraction = '', thousands] =
    /^£?(\d{1,9})(?:\.(\d{1,2}))?(k?)$/i.exec(typed.replaceAll(/[\s,]/g, '')) ?? [];
  if (whole === undefined) return null;
  const pence = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  return thousands === '' ? pence : pence * 1_000;
}

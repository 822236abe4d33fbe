const whole = new Intl.NumberFormat('en-GB');

/** A number with its thousands apart: "12,000". */
export function sayNumber(number: number): string {
  return whole.format(number);
}

/** "1 customer", "12,000 customers". */
export function sayCount(number: number, one: string, several = `${one}s`): string {
  return `${sayNumber(number)} ${number === 1 ? one : several}`;
}

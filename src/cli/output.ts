import type { Command } from 'commander';
import { Option } from 'commander';

/** A refusal that the command has already explained: the program ends with exit code 1. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

/** Words that do not fit together: the program ends with exit code 2, before it did anything. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

export type Format = 'text' | 'json';

/** Adds `--format`, for commands whose answer a program might read. */
export function withFormat(command: Command): Command {
  return command.addOption(
    new Option('--format <format>', 'how the answer is written').choices(['text', 'json']).default('text'),
  );
}

/** Writes an answer to standard output, as text for people or as JSON for programs. */
export function answer(format: Format, value: unknown, text: () => string): void {
  process.stdout.write(format === 'json' ? `${JSON.stringify(value, null, 2)}\n` : `${text()}\n`);
}

/** Writes a line for the person at the terminal, beside the answer. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The text that ends the help of a command. */
export function example(command: Command, ...lines: string[]): Command {
  return command.addHelpText('after', `\nExample:\n${lines.map((line) => `  ${line}`).join('\n')}\n`);
}

const updateIntervalMilliseconds = 500;

/** Shows progress on standard error: one line that is rewritten on a terminal, one line each time elsewhere. */
export class Progress {
  readonly #label: string;
  readonly #total: number | undefined;
  readonly #startedAt = performance.now();
  #shownAt = performance.now();
  #shown = false;

  constructor(label: string, total?: number) {
    this.#label = label;
    this.#total = total;
  }

  show(done: number, total: number | undefined = this.#total): void {
    const now = performance.now();
    const quick = process.stderr.isTTY ? updateIntervalMilliseconds : updateIntervalMilliseconds * 10;
    if (now - this.#shownAt < quick) return;
    this.#shownAt = now;
    this.#shown = true;
    const seconds = Math.max((now - this.#startedAt) / 1000, 0.001);
    const share = total ? ` of ${total.toLocaleString('en-GB')}` : '';
    const rate = Math.round(done / seconds).toLocaleString('en-GB');
    const line = `${this.#label}: ${done.toLocaleString('en-GB')}${share} (${rate} a second)`;
    process.stderr.write(process.stderr.isTTY ? `\r${line}\u001b[K` : `${line}\n`);
  }

  end(): void {
    if (this.#shown && process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  }
}

/** A table for a terminal: the first column to the left, numbers to the right. */
export function table(heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const texts = rows.map((row) =>
    row.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en-GB') : cell)),
  );
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...texts.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[], numeric: (column: number) => boolean): string =>
    cells
      .map((cell, column) =>
        numeric(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const isNumeric = (column: number): boolean =>
    rows.length > 0 && rows.every((row) => typeof row[column] === 'number');
  return [
    line(heads, isNumeric),
    widths.map((width) => '-'.repeat(width)).join('  '),
    ...texts.map((row) => line(row, isNumeric)),
  ].join('\n');
}

/** An instant as people of the dealer read it, in London time. */
export function dayAndTime(instant: number): string {
  return Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO('Europe/London')
    .toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
}

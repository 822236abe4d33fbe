import { constants } from 'node:os';
import type { Interface } from 'node:readline/promises';
import { CommandFailed, tell } from './output.ts';

/** Ctrl-C, or SIGTERM: the program ends with the exit code that shells give for it, 130 or 143. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly exitCode: number;

  constructor(signal: 'SIGINT' | 'SIGTERM', options?: ErrorOptions) {
    super('The command was interrupted.', options);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/**
 * Runs work that leaves nothing half-done behind at Ctrl-C or SIGTERM: `interruption` is aborted then, the work is
 * waited for, and Interrupted is thrown whatever became of it. A second one ends the program at once, as people
 * expect.
 */
export async function interruptible<Result>(
  work: (interruption: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const interruption = new AbortController();
  const interrupt = (signal: 'SIGINT' | 'SIGTERM'): void => {
    tell('Stopping: what is half-done is taken back.');
    interruption.abort(new Interrupted(signal));
  };
  const onCtrlC = (): void => interrupt('SIGINT');
  const onTermination = (): void => interrupt('SIGTERM');
  process.once('SIGINT', onCtrlC);
  process.once('SIGTERM', onTermination);
  try {
    const result = await work(interruption.signal);
    interruption.signal.throwIfAborted();
    return result;
  } catch (error) {
    throw interruption.signal.aborted ? interruption.signal.reason : error;
  } finally {
    process.off('SIGINT', onCtrlC);
    process.off('SIGTERM', onTermination);
  }
}

/** What somebody types; Ctrl-C and Ctrl-D end the command without a word of ours. */
export async function typed(terminal: Interface, question: string): Promise<string> {
  let isInterrupted = false;
  terminal.once('SIGINT', () => {
    isInterrupted = true;
    terminal.close();
  });
  try {
    return await terminal.question(question);
  } catch (error) {
    if (isInterrupted) throw new Interrupted('SIGINT', { cause: error });
    if (error instanceof Error && error.name === 'AbortError')
      throw new CommandFailed('Nobody answered.', { cause: error });
    throw error;
  }
}

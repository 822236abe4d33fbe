import { CommandFailed, tell } from './output.ts';

/**
 * Runs work that leaves nothing half-written behind at Ctrl-C or SIGTERM: `check` throws once one came, at the
 * next place where the work asks it. A second one ends the program at once, as people expect.
 */
export async function interruptible<Result>(work: (check: () => void) => Promise<Result>): Promise<Result> {
  let interrupted = false;
  const interrupt = (): void => {
    interrupted = true;
    tell('Stopping: what is half-written is removed.');
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    return await work(() => {
      if (interrupted) throw new CommandFailed('The command was interrupted.');
    });
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

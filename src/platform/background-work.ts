import type { Logger } from './logger.ts';

type Log = Pick<Logger, 'error'>;

/** Work that goes on after the answer that began it, until it is done or the program stops. */
export class BackgroundWork {
  readonly #log: Log;
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<void>>();

  constructor(log: Log) {
    this.#log = log;
  }

  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /**
   * Answers what `work` tells when it has begun, or what it returns without having told anything. What it
   * throws before is thrown; what it throws afterwards nobody waits for, and the log says it.
   */
  begin<Begun>(work: (tell: (begun: Begun) => void) => Promise<Begun>): Promise<Begun> {
    return new Promise((resolve, reject) => {
      let hasBegun = false;
      const tell = (begun: Begun): void => {
        hasBegun = true;
        resolve(begun);
      };
      const settled = work(tell)
        .then(resolve, (error: unknown) => {
          reject(error);
          if (!hasBegun || this.signal.aborted) return;
          this.#log.error({ err: error }, 'Work that went on after its answer ended early');
        })
        .finally(() => this.#running.delete(settled));
      this.#running.add(settled);
    });
  }

  /** Stops everything at the next place where it can be gone on with. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#running);
  }
}

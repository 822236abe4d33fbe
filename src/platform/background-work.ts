import { RequestError } from './http-problem.ts';
import type { Logger } from './logger.ts';

/**
 * Work that goes on after the request that began it was answered, or that comes round again by itself, until
 * the program stops. Whatever it does must be able to end at any moment and be gone on with later.
 */
export class BackgroundWork {
  readonly #log: Pick<Logger, 'error'>;
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<void>>();
  readonly #timers: NodeJS.Timeout[] = [];
  #lastBegun: Promise<unknown> = Promise.resolve();

  constructor(log: Pick<Logger, 'error'>) {
    this.#log = log;
  }

  /** Aborted when the program stops; its reason is what whoever waits for an answer is told. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /**
   * Answers what `work` tells when it has begun, or what it returns without having told anything. What it
   * throws before is thrown; what it throws afterwards nobody waits for, and the log says it.
   *
   * One begins after the other, so that requests which wait for the same lock hold one connection between
   * them and never all that the work needs.
   */
  begin<Begun>(work: (tell: (begun: Begun) => void) => Promise<Begun>): Promise<Begun> {
    const begun = this.#lastBegun.then(() => this.#start(work));
    this.#lastBegun = begun.catch(() => undefined);
    return begun;
  }

  #start<Begun>(work: (tell: (begun: Begun) => void) => Promise<Begun>): Promise<Begun> {
    this.signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      let isAnswered = false;
      const tell = (begun: Begun): void => {
        isAnswered = true;
        resolve(begun);
      };
      this.#run(work(tell).then(tell), (error) => {
        if (isAnswered) this.#report(error);
        else reject(error);
      });
    });
  }

  /** Does `work` now and again each time after so many milliseconds; what it throws, the log says. */
  repeat(work: () => Promise<unknown>, milliseconds: number): void {
    const once = (): void => this.#run(work(), (error) => this.#report(error));
    this.#timers.push(setInterval(once, milliseconds).unref());
    once();
  }

  /** Stops everything at the next place where it can be gone on with. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#stopping.abort(
      new RequestError(
        503,
        'stopping',
        'The server is being stopped: send the request again when it is back.',
      ),
    );
    await this.#lastBegun;
    await Promise.all(this.#running);
  }

  #run(work: Promise<unknown>, onError: (error: unknown) => void): void {
    const settled = work.then(() => undefined, onError).finally(() => this.#running.delete(settled));
    this.#running.add(settled);
  }

  #report(error: unknown): void {
    if (this.signal.aborted && error === this.signal.reason) return;
    this.#log.error({ err: error }, 'Work in the background ended early');
  }
}

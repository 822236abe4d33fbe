import { RateLimitedError } from './application-error.ts';

/** So many at once: whoever finds no place is refused, not kept waiting, because waiting takes what others need. */
export class LimitedPlaces {
  readonly #most: number;
  readonly #refusal: { readonly sentence: string; readonly code: string };
  #taken = 0;

  constructor(most: number, refusal: { readonly sentence: string; readonly code: string }) {
    this.#most = most;
    this.#refusal = refusal;
  }

  /** Throws RateLimitedError when every place is taken. */
  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#taken >= this.#most) {
      throw new RateLimitedError(this.#refusal.sentence, { code: this.#refusal.code });
    }
    this.#taken += 1;
    try {
      return await work();
    } finally {
      this.#taken -= 1;
    }
  }
}

import { applyAnswer, combineCells } from './cell-history.ts';
import type { CellFacts } from './facts.ts';
import { cellCount, cellIndex, scopedCellKey } from './facts.ts';
import type { PolicySettings } from './policy.ts';
import { channels } from './vocabulary.ts';

/** The answers to one question in their order: what stands, and the last no, which a yes may have lifted. */
interface Track {
  readonly held: CellFacts | undefined;
  readonly refusal: CellFacts | undefined;
}

/**
 * Answers that concern one vehicle or one company: those that name it, and those about its whole category as
 * far as they concern it. A no in either is a no; each is lifted on its own.
 */
interface ScopedTracks {
  readonly named: Track;
  readonly whole: Track;
}

const unanswered: Track = { held: undefined, refusal: undefined };

const thirdPartyIndexes = new Set(channels.map((channel) => cellIndex(channel, 'third_party_marketing')));

/** What a customer answered, cell by cell, while their entries are gone through in order. */
export class Answers {
  #general: (Track | undefined)[] = new Array<Track | undefined>(cellCount).fill(undefined);
  readonly #scoped = new Map<string, ScopedTracks>();

  record(index: number, scopeId: string | undefined, answer: CellFacts): void {
    if (scopeId !== undefined) {
      this.#recordNamed(index, scopeId, answer);
      return;
    }
    this.#general[index] = answeredBy(this.#general[index] ?? unanswered, answer);
    // "Selected partners" names nobody: a yes to all third parties is no yes to one of them (PECR 22(2)).
    if (answer.state === 'granted' && thirdPartyIndexes.has(index)) return;
    for (const [key, tracks] of this.#scoped) {
      if (indexOf(key) === index) {
        this.#scoped.set(key, { ...tracks, whole: answeredBy(tracks.whole, answer) });
      }
    }
  }

  #recordNamed(index: number, scopeId: string, answer: CellFacts): void {
    const key = scopedCellKey(index, scopeId);
    const { named, whole } = this.#tracksOf(key);
    this.#scoped.set(key, {
      named: answeredBy(named, answer),
      // A yes that names it lifts for it what was refused of the whole category; a no says nothing of the others.
      whole: answer.state === 'granted' ? answeredBy(whole, answer) : whole,
    });
  }

  /** What concerns a vehicle or company so far, whether or not an answer named it yet. */
  #tracksOf(key: string): ScopedTracks {
    const known = this.#scoped.get(key);
    if (known !== undefined) return known;
    const general = this.#general[indexOf(key)] ?? unanswered;
    const needsName = thirdPartyIndexes.has(indexOf(key));
    return { named: unanswered, whole: needsName ? { ...general, held: general.refusal } : general };
  }

  /** Combines the answers of two records of one person, question by question. */
  absorb(other: Answers, mergePolicy: PolicySettings['mergePolicy']): void {
    const keys = new Set([...this.#scoped.keys(), ...other.#scoped.keys()]);
    const scoped = [...keys].map((key) => {
      const [own, theirs] = [this.#tracksOf(key), other.#tracksOf(key)];
      const named = combined(own.named, theirs.named, mergePolicy);
      return [key, { named, whole: combined(own.whole, theirs.whole, mergePolicy) }] as const;
    });
    this.#general = this.#general.map((track, index) =>
      combined(track ?? unanswered, other.#general[index] ?? unanswered, mergePolicy),
    );
    for (const [key, tracks] of scoped) this.#scoped.set(key, tracks);
  }

  /** Takes grants away; a no that one of them had lifted stands again. */
  reset(survives: (grant: CellFacts) => boolean): void {
    const after = ({ held, refusal }: Track): Track => ({
      held: held?.state === 'granted' && !survives(held) ? refusal : held,
      refusal,
    });
    this.#general = this.#general.map((track) => track && after(track));
    for (const [key, { named, whole }] of this.#scoped) {
      this.#scoped.set(key, { named: after(named), whole: after(whole) });
    }
  }

  get cells(): (CellFacts | undefined)[] {
    return this.#general.map((track) => track?.held);
  }

  get scopedCells(): ReadonlyMap<string, CellFacts> | null {
    const cells = new Map<string, CellFacts>();
    for (const [key, tracks] of this.#scoped) {
      const cell = standing(tracks, thirdPartyIndexes.has(indexOf(key)));
      if (cell !== undefined) cells.set(key, cell);
    }
    return cells.size === 0 ? null : cells;
  }
}

function answeredBy({ held, refusal }: Track, answer: CellFacts): Track {
  return {
    held: applyAnswer(held, answer),
    refusal: answer.state === 'granted' ? refusal : applyAnswer(refusal, answer),
  };
}

function combined(a: Track, b: Track, mergePolicy: PolicySettings['mergePolicy']): Track {
  return {
    held: combineCells(a.held, b.held, mergePolicy),
    refusal: later(a.refusal, b.refusal),
  };
}

/** What stands for one vehicle or company; undefined where nothing does that names it. */
function standing({ named, whole }: ScopedTracks, needsName: boolean): CellFacts | undefined {
  const refusals = [named.held, whole.held].filter((cell) => cell !== undefined && cell.state !== 'granted');
  if (refusals.length > 0) return later(refusals[0], refusals[1]);
  if (named.held === undefined || needsName) return named.held;
  return later(named.held, whole.held);
}

function later(a: CellFacts | undefined, b: CellFacts | undefined): CellFacts | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.at <= b.at ? applyAnswer(a, b) : applyAnswer(b, a);
}

function indexOf(key: string): number {
  return Number(key.slice(0, key.indexOf(':')));
}

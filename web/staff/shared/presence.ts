import { useEffect, useSyncExternalStore } from 'react';

/** How many of something are on screen, for whoever elsewhere has to know whether there is any. */
class Presence {
  #count = 0;
  readonly #listeners = new Set<() => void>();

  get isThere(): boolean {
    return this.#count > 0;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  change(by: 1 | -1): void {
    this.#count += by;
    for (const listener of this.#listeners) listener();
  }
}

/** Something was ticked or typed that is saved nowhere yet: nobody may be led away from it. */
export const workInHand = new Presence();

/** The level of a dialog that is asked from within another: on the same one it would open behind it. */
export const aboveDialogs = 300;

/** A dialog lies over another: the one below it hears no Escape. */
export const dialogAbove = new Presence();

/** Is there while the component is, and `active`. */
export function usePresent(presence: Presence, active = true): void {
  useEffect(() => {
    if (!active) return undefined;
    presence.change(1);
    return () => presence.change(-1);
  }, [presence, active]);
}

export function useIsThere(presence: Presence): boolean {
  return useSyncExternalStore(presence.subscribe, () => presence.isThere);
}

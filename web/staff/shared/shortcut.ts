import { useEffect, useEffectEvent } from 'react';

/** Keys in words of `KeyboardEvent.key`; `mod` is Ctrl, or Command on an Apple keyboard. */
export interface Shortcut {
  readonly key: string;
  readonly mod?: boolean;
  /** Works while somebody types in a field, too; for combinations with `mod`. */
  readonly whileTyping?: boolean;
  /** Works inside a dialog, too. Whatever lies under an open dialog hears no key. */
  readonly inDialog?: boolean;
}

/** Does something when a key is pressed: never while somebody types, nor under an open dialog. */
export function useShortcut(shortcut: Shortcut, act: () => void, active = true): void {
  const { key, mod = false, whileTyping = false, inDialog = false } = shortcut;
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    if (event.key.toLowerCase() !== key.toLowerCase()) return;
    if ((event.ctrlKey || event.metaKey) !== mod) return;
    if (!whileTyping && isTyping(event.target)) return;
    if (!inDialog && document.querySelector('[role="dialog"][aria-modal="true"]') !== null) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    if (!active) return undefined;
    const listener = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [active]);
}

/** Whether keys pressed here write text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches('textarea, select')) return true;
  return target.matches('input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"])');
}

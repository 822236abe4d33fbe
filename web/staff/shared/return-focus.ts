import { useLayoutEffect } from 'react';

/**
 * For a dialog that exists only while it is open: when it goes, the focus is back where it was, or on the heading
 * where it was nowhere.
 */
export function useReturnFocus(): void {
  // Before the dialog takes the focus, which it does in effects that come later.
  useLayoutEffect(() => {
    const before = document.activeElement;
    return () => {
      const isPlace = before instanceof HTMLElement && before !== document.body && before.isConnected;
      const place = isPlace ? before : document.querySelector<HTMLElement>('main h1');
      place?.focus({ preventScroll: true });
    };
  }, []);
}

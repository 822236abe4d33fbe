import { useLayoutEffect, useState } from 'react';

/**
 * For a dialog that exists only while it is open: when it goes, the focus is back on what opened it, or on the
 * heading where that is gone.
 */
export function useReturnFocus(): void {
  // While it is first rendered: afterwards the menu that led here may be gone, and the dialog has the focus.
  const [opener] = useState(() => openerOf(document.activeElement));
  useLayoutEffect(
    () => () => {
      const place = opener?.isConnected === true ? opener : document.querySelector<HTMLElement>('main h1');
      place?.focus({ preventScroll: true });
    },
    [opener],
  );
}

/** An entry of a menu goes with its menu, so that the button of the menu stands for it. */
function openerOf(focused: Element | null): HTMLElement | null {
  const button = focused?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const opener = button == null ? focused : document.getElementById(button);
  return opener instanceof HTMLElement && opener !== document.body ? opener : null;
}

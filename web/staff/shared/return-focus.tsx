import type { ReactNode } from 'react';
import { createContext, Suspense, useContext, useLayoutEffect, useState } from 'react';

/** What opened a dialog that had yet to be loaded. */
const Opener = createContext<HTMLElement | null>(null);

/**
 * For a dialog that exists only while it is open: when it goes, the focus is back on what opened it, or on the
 * heading where that is gone.
 */
export function useReturnFocus(): void {
  const given = useContext(Opener);
  // While it is first rendered: afterwards the menu that led here may be gone, and the dialog has the focus.
  const [opener] = useState(() => given ?? openerOf(document.activeElement));
  useLayoutEffect(
    () => () => {
      const place = opener?.isConnected === true ? opener : document.querySelector<HTMLElement>('main h1');
      place?.focus({ preventScroll: true });
    },
    [opener],
  );
}

/** Around a dialog that is loaded when it is wanted: by the time it has come, the menu that led to it may be gone. */
export function DialogOnDemand({ children }: { readonly children: ReactNode }): ReactNode {
  const [opener] = useState(() => openerOf(document.activeElement));
  return (
    <Opener value={opener}>
      <Suspense>{children}</Suspense>
    </Opener>
  );
}

/** An entry of a menu goes with its menu, so that the button of the menu stands for it. */
function openerOf(focused: Element | null): HTMLElement | null {
  const button = focused?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const opener = button == null ? focused : document.getElementById(button);
  return opener instanceof HTMLElement && opener !== document.body ? opener : null;
}

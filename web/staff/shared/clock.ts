/** The present instant as this browser knows it; the only place of the screens that asks. */
export function nowOfBrowser(): Date {
  return new Date();
}

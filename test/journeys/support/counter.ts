import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The pop-up of preferences, as whoever stands at the counter sees it. */
export function popup(page: Page): Locator {
  return page.getByRole('dialog', { name: /How may we keep in touch/ });
}

export function box(page: Page, channel: string, category: 'Service follow-up' | 'General dealer marketing') {
  return popup(page).getByRole('checkbox', { name: `${channel}, ${category}` });
}

/** Every box is empty: what is held stands beside it in words. */
export async function expectEveryBoxUnticked(page: Page): Promise<void> {
  await expect(popup(page).getByRole('checkbox')).toHaveCount(10);
  await expect(popup(page).getByRole('checkbox', { checked: true })).toHaveCount(0);
}

/** Closes the pop-up by the keyboard, once it has it: until then Escape is heard elsewhere. */
export async function leavePopUp(page: Page): Promise<void> {
  await expect(popup(page).locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(popup(page)).toHaveCount(0);
}

/** The answer of the record to one way of contact, such as "Yes Consented". */
export function answer(page: Page, channel: string, category: string): Locator {
  return page.getByRole('button', { name: new RegExp(`^Why\\? ${channel}, ${category}`) });
}

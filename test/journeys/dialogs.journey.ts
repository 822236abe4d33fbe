import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { givenCustomer } from '../support/customers.ts';
import { leavePopUp, popup } from './support/counter.ts';
import { test } from './support/journey.ts';

/** Presses a button by the keyboard, leaves what opens by Escape, and is back at the button. */
async function comesBack(
  page: Page,
  opener: Locator,
  dialog: string | RegExp,
  entry?: string,
): Promise<void> {
  await opener.focus();
  await page.keyboard.press('Enter');
  if (entry !== undefined) {
    // The menu takes the focus once it is open, from whatever had it before.
    await expect(page.locator('[role="menu"]:focus, [role="menu"] :focus')).toHaveCount(1);
    const item = page.getByRole('menuitem', { name: entry });
    await item.focus();
    await page.keyboard.press('Enter');
  }
  await expect(page.getByRole('dialog', { name: dialog })).toBeVisible();
  await expect(page.getByRole('banner')).toHaveCount(1);
  await expect(page.getByRole('dialog', { name: dialog }).locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: dialog })).toHaveCount(0);
  await expect(opener).toBeFocused();
}

test('whoever leaves a dialog is back at what opened it', async ({ page, desk, dealership }) => {
  await desk.travelsTo('2026-11-23', '11:30:00');
  await desk.isSignedInAs(await dealership.employs('Ruth Odell', 'administrator'));
  const id = await givenCustomer(dealership.context, { title: 'Mrs', surname: 'Holroyd' });
  await page.goto(`/customers/${id}`);
  await leavePopUp(page);
  await expect(popup(page)).toHaveCount(0);
  await expect(page.getByRole('heading', { name: /Mrs Holroyd/, level: 1 })).toBeFocused();

  const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
  const reached = page.getByRole('region', { name: 'How they are reached' });
  await comesBack(page, button(/^Review preferences/), /How may we keep in touch/);
  await comesBack(page, button(/^Edit/), 'Edit Mrs Holroyd');
  await comesBack(page, button(/^Why\? SMS, Service follow-up/), 'SMS, Service follow-up');
  await comesBack(page, reached.getByRole('button', { name: 'Add' }), 'Add a number or address');
  await comesBack(page, button('More'), /^Which record is also/, 'Merge with another record…');
  await comesBack(page, button(/Ruth Odell/), 'Change your password', 'Change your password');
  await comesBack(page, button(/Ruth Odell/), 'Help', 'Help and keys');
  const change = reached.getByRole('button', { name: /^Change holroyd/ });
  await comesBack(page, change, /./, 'Take it out of use…');

  await page.goto('/users');
  await comesBack(page, button('Add somebody'), 'Add somebody');
  await comesBack(page, page.getByRole('button', { name: 'Ruth Odell', exact: true }), 'Change Ruth Odell');
  await page.goto('/settings/policy');
  await comesBack(page, button('Change the policy'), 'Change the policy');
});

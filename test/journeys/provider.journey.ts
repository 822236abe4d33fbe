import { expect } from '@playwright/test';
import { givenCustomer } from '../support/customers.ts';
import { openOpenIdProvider } from '../support/openid-provider.ts';
import { expectAccessible } from './support/accessibility.ts';
import { box, popup } from './support/counter.ts';
import { test } from './support/journey.ts';

test('somebody signs in with the account they have at work, by keyboard, and signs in again over what they ticked', async ({
  page,
  desk,
  openAnother,
}) => {
  test.setTimeout(120_000);
  const provider = await openOpenIdProvider();
  const { issuer, clientId, clientSecret } = provider;
  const settings = { issuer, clientId, clientSecret, name: 'Hallam Motors' };
  const dealership = await openAnother({ provider: settings, passwordsOnlyFor: 'ruth.odell' });
  const { address, context } = dealership;
  provider.serve(address);
  const ruth = await dealership.employs('Ruth Odell', 'administrator');
  const customer = await givenCustomer(context, { title: 'Mrs', surname: 'Wadsworth' });
  const nora = { sub: 'nora', email: 'nora@hallam.example', email_verified: true };

  await test.step('whom nobody here knows is told what to do', async () => {
    provider.isVisitedBy(nora);
    await page.goto(`${address}/customers/${customer}`);
    const way = page.getByRole('link', { name: 'Sign in with Hallam Motors' });
    await expect(way).toBeFocused();
    await expect(page.getByLabel('Username')).toHaveCount(0);
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText('ask an administrator to enter it under Staff');
    await expectAccessible(page);
  });

  await test.step('the emergency administrator signs in by password and adds her with her address', async () => {
    await page.getByRole('button', { name: 'Emergency administrator' }).click();
    await desk.signsInAs(ruth);
    await expect(page.getByRole('heading', { name: /^Today at/ })).toBeVisible();
    await page.goto(`${address}/users`);
    await page.getByRole('button', { name: 'Add somebody' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Full name').fill('Nora Newby');
    await dialog.getByLabel('Username').fill('nora');
    await dialog.getByRole('combobox', { name: 'Role' }).click();
    await page.getByRole('option', { name: 'Service adviser' }).click();
    await dialog.getByLabel('Email address').fill(nora.email);
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Add' }).click();
    await expect(page.getByText('Nora Newby may now sign in.')).toBeVisible();
    await page.context().clearCookies();
  });

  await test.step('she arrives where she meant to go', async () => {
    await page.goto(`${address}/customers/${customer}`);
    await expect(page.getByRole('link', { name: 'Sign in with Hallam Motors' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(`${address}/customers/${customer}`);
    await expect(popup(page)).toBeVisible();
  });

  await test.step('signed out meanwhile, she signs in again in another tab and loses nothing', async () => {
    desk.expectsRefusal(401);
    await box(page, 'SMS', 'Service follow-up').check();
    await page.keyboard.press('2');
    context.clock.advance({ hours: 13 });
    await page.keyboard.press('Enter');
    const again = page.getByRole('dialog', { name: 'You were signed out' });
    await expect(again).toContainText('Sign in again as Nora Newby');
    await expectAccessible(page);
    const opening = page.context().waitForEvent('page');
    await again.getByRole('link', { name: 'Sign in with Hallam Motors, in another tab' }).click();
    const tab = await opening;
    await expect(tab.getByRole('heading', { name: /^Today at/ })).toBeVisible();
    await tab.close();
    // The browser of the journeys takes every page for the one in front, so that none ever comes back to it.
    await page.evaluate("window.dispatchEvent(new Event('focus'))");
    await expect(again).toHaveCount(0);
    await popup(page).getByRole('button', { name: 'Save choices' }).click();
    await expect(popup(page)).toContainText('choices are saved');
  });
  // What a page that is still open asks of an installation that is taken down is refused.
  await page.goto('about:blank');
  await dealership.close();
  await provider.close();
});

import { expect } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { nowOf } from '../../src/platform/context.ts';
import { expectAccessible } from './support/accessibility.ts';
import { test } from './support/journey.ts';

test('somebody is handed a link, chooses a password, adds a second factor and signs in with it by keyboard', async ({
  page,
  desk,
  newInstallation,
  browser,
}) => {
  test.setTimeout(120_000);
  const { address, context, employs } = newInstallation;
  const ruth = await employs('Ruth Odell', 'administrator');
  const { username, password } = ruth;
  await page.request.post(`${address}/api/v1/session`, { data: { username, password } });
  await page.goto(`${address}/users`);
  const shows = (secret: string) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: nowOf(context) });

  await test.step('an administrator adds her without a password, and gets a link to hand over', async () => {
    await expect(page.getByRole('table').last()).toContainText('Manage staff');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Add somebody' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Full name').fill('Nora Newby');
    await dialog.getByLabel('Username').fill('nora');
    await dialog.getByRole('combobox', { name: 'Role' }).click();
    await page.getByRole('option', { name: 'Marketing' }).click();
    await dialog.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('button', { name: 'Reset the password' }).click();
    await page
      .getByRole('dialog', { name: /^Reset the password of Nora/ })
      .getByRole('button', { name: 'Reset the password' })
      .click();
    await expect(page.getByLabel('Link')).toHaveValue(/#/);
    await expectAccessible(page);
  });
  const link = await page.getByLabel('Link').inputValue();

  const hers = await browser.newContext({ baseURL: address });
  const her = await hers.newPage();
  await her.goto(link);
  await expect(her.getByLabel('Username')).toHaveValue('nora');
  await her.getByLabel('New password', { exact: true }).fill('four calm grey herons');
  await expectAccessible(her);
  await her.keyboard.press('Enter');
  await expect(her.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await her.getByLabel('Username').fill('nora');
  await her.getByLabel('Password', { exact: true }).fill('four calm grey herons');
  await her.keyboard.press('Enter');
  await expect(her.getByRole('heading', { name: /^Today at/ })).toBeVisible();

  await test.step('her role now needs a second factor, so that she can do nothing else', async () => {
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('checkbox', { name: 'Marketing' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved. It counts at once.')).toBeVisible();
    await her.goto('/mailshots');
    await expect(her.getByRole('heading', { name: 'Your role needs a second factor' })).toBeVisible();
    await expectAccessible(her);
  });

  await her.getByRole('button', { name: 'Add it now' }).click();
  await her.getByLabel('Your password', { exact: true }).fill('four calm grey herons');
  await her.keyboard.press('Enter');
  await expect(her.getByRole('img', { name: /^QR code/ })).toBeVisible();
  await expectAccessible(her);
  const words = (await her.getByText(/Or type this key/).textContent()) ?? '';
  const secret = (words.split(':')[1] ?? '').replaceAll(/\s/g, '');
  await her.getByLabel('Code that the telephone shows now').fill(shows(secret));
  await her.keyboard.press('Enter');
  const kept = her.getByRole('dialog', { name: 'Keep these recovery codes' });
  await expect(kept.getByRole('listitem')).toHaveCount(10);
  await expectAccessible(her);
  await her.keyboard.press('Enter');
  await expect(her.getByRole('heading', { name: 'Mailshots', level: 1 })).toBeVisible();

  context.clock.advance({ minutes: 1 });
  await her.goto('/account');
  await expect(her.getByText(/10 recovery codes left/)).toBeVisible();
  await expect(her.getByText(/· this one/)).toBeVisible();
  await expectAccessible(her);
  await her.getByRole('button', { name: /Nora Newby/ }).click();
  await her.getByRole('menuitem', { name: 'Sign out' }).click();
  await her.getByLabel('Username').fill('nora');
  await her.getByLabel('Password', { exact: true }).fill('four calm grey herons');
  await her.keyboard.press('Enter');
  const code = her.getByRole('textbox', { name: 'Code' });
  await expect(code).toBeFocused();
  await expect(code).toHaveAttribute('autocomplete', 'one-time-code');
  await expectAccessible(her);
  await code.fill('000000');
  await her.keyboard.press('Enter');
  await expect(her.getByRole('alert')).toContainText('This code does not fit');
  await code.fill(shows(secret));
  await her.keyboard.press('Enter');
  await expect(her.getByRole('heading', { name: /^Today at/ })).toBeVisible();

  await test.step('an administrator sees where she is signed in, and takes the lost factor away', async () => {
    await page.reload();
    await page
      .getByRole('row', { name: /Nora Newby/ })
      .getByRole('button', { name: 'Sign-in' })
      .click();
    await expect(page.getByText(/by password and code/)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Take it away' }).click();
    await page
      .getByRole('dialog', { name: /^Take the second factor/ })
      .getByRole('button', { name: 'Take it away' })
      .click();
    await expect(page.getByText('None: their password alone lets in.')).toBeVisible();
    await expect(page.getByText('Nowhere at the moment.')).toBeVisible();
    expect((await hers.request.get('/api/v1/session')).status()).toBe(204);
  });
  await hers.close();
  desk.expectsRefusal(401);
});

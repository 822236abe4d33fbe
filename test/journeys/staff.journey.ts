import { expect } from '@playwright/test';
import { expectAccessible } from './support/accessibility.ts';
import { test } from './support/journey.ts';

test.describe('the staff of a dealer', () => {
  test('an administrator adds somebody, who can sign in, and ends their access, which is at once', async ({
    page,
    desk,
    dealership,
    browser,
  }) => {
    await desk.isSignedInAs(await dealership.employs('Ruth Odell', 'administrator'));
    await page.goto('/users');
    await expect(page.getByRole('button', { name: 'Ruth Odell', exact: true })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Add somebody' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Full name').fill('Tom Eyre');
    await dialog.getByLabel('Username').fill('tom');
    await dialog.getByRole('combobox', { name: 'Role' }).click();
    await page.getByRole('option', { name: 'Sales' }).click();
    await dialog.getByLabel('First password', { exact: true }).fill('four calm grey herons');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Add' }).click();
    await expect(page.getByText('Tom Eyre may now sign in.')).toBeVisible();
    await expect(page.getByRole('row', { name: /Tom Eyre.*Sales.*Yes/ })).toBeVisible();

    const his = await browser.newContext({ baseURL: dealership.address });
    const session = { username: 'tom', password: 'four calm grey herons' };
    expect((await his.request.post('/api/v1/session', { data: session })).status()).toBe(201);
    expect((await his.request.get('/api/v1/session')).status()).toBe(200);

    await page.getByRole('button', { name: 'Tom Eyre' }).click();
    await page.getByRole('switch', { name: 'May sign in' }).uncheck();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'End their access' }).click();
    await expect(page.getByRole('row', { name: /Tom Eyre.*Sales.*No/ })).toBeVisible();
    expect((await his.request.get('/api/v1/session')).status()).toBe(204);
    await his.close();
  });

  test('somebody changes their own password, and the old one is of no use', async ({
    page,
    desk,
    dealership,
  }) => {
    const maya = await dealership.employs('Maya Okafor', 'marketing');
    await desk.isSignedInAs(maya);
    await page.goto('/');
    await page.getByRole('button', { name: /Maya Okafor/ }).click();
    await page.getByRole('menuitem', { name: 'Change your password' }).click();
    await page.getByLabel('Password until now').fill(maya.password);
    await page.getByLabel('New password', { exact: true }).fill('seven small brown wrens');
    await page.getByRole('button', { name: 'Change it' }).click();
    await expect(page.getByText('Your password is changed.')).toBeVisible();
    const refused = await page.request.post('/api/v1/session', { data: maya });
    expect(refused.status()).not.toBe(201);
  });
});

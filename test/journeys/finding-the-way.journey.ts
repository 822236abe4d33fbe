import { expect } from '@playwright/test';
import { givenCustomer } from '../support/customers.ts';
import { expectAccessible } from './support/accessibility.ts';
import { leavePopUp, popup } from './support/counter.ts';
import { test } from './support/journey.ts';

test.describe('the way around', () => {
  test.beforeEach(async ({ desk, dealership }) => {
    await desk.isSignedInAs(await dealership.employs('Amira Khan', 'adviser'));
  });

  test('the first Tab leads past the menu, and the heading has the focus after a change of screen', async ({
    page,
  }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { name: /^Today at/ })).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'Skip to the content' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();
    await page.getByRole('link', { name: 'Customers' }).focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveTitle('Customers · Navigator');
    await page.getByRole('link', { name: 'Today', exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: /^Today at/ })).toBeFocused();
    await expect(page.getByRole('link', { name: 'Today', exact: true })).toHaveAttribute(
      'aria-current',
      'page',
    );
  });

  test('a customer is found and opened by the keyboard alone, from any screen', async ({
    page,
    dealership,
  }) => {
    await givenCustomer(dealership.context, {
      title: 'Mrs',
      forename: 'Jane',
      surname: 'Threlkeld',
      customerNumber: '20977',
    });
    await page.goto('/');
    await expect(page.getByRole('heading', { name: /^Today at/ })).toBeVisible();
    await page.keyboard.press('/');
    await expect(page.getByLabel('Find a customer')).toBeFocused();
    await page.keyboard.type('threlkeld');
    await expect(page.getByRole('option', { name: /Mrs Jane Threlkeld/ })).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    // Her preferences were never reviewed, so that they are asked for at first access.
    await expect(popup(page)).toContainText('keep in touch with Mrs Threlkeld');
    await leavePopUp(page);
    await expect(page.getByRole('heading', { name: 'Mrs Jane Threlkeld' })).toBeFocused();
    await expect(page).toHaveTitle('Customer 20977 · Navigator');
    expect(page.url()).not.toContain('hrelkeld');
    await page.keyboard.press('Control+k');
    await expect(page.getByLabel('Find a customer')).toBeFocused();
    await expect(page.getByLabel('Find a customer')).toHaveValue('');
    await page.keyboard.type('nobody at all');
    await expect(page.getByText('Nobody was found.')).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('Title')).toBeFocused();
    await expect(page.getByLabel('Surname')).toHaveValue('All');
    await expect(page.getByLabel('Find a customer')).toHaveValue('');
    expect(page.url()).not.toContain('nobody');
  });

  test('only what a role may use is in the menu, and only that opens', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('link', { name: 'Customers' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Staff' })).toHaveCount(0);
    await page.goto('/users');
    await expect(page.getByText('Your role does not include this screen')).toBeVisible();
  });

  test('an address that leads nowhere says so, and shows the way back', async ({ page }) => {
    await page.goto('/nowhere');
    await expect(page.getByText('There is no such page')).toBeVisible();
    await page.getByRole('link', { name: 'Go to Today' }).click();
    await expect(page.getByRole('heading', { name: /^Today at/ })).toBeVisible();
  });

  test('every screen can be used with any eyes, in the light and in the dark', async ({ page }) => {
    for (const address of ['/', '/customers']) {
      await page.goto(address);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectAccessible(page);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('main').focus();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: 'Help' })).toHaveCount(0);
  });

  test('on a telephone the menu is behind a button', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto('/');
    await expect(page.getByRole('link', { name: 'Customers' })).toBeHidden();
    await page.getByRole('button', { name: 'Open the menu' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Customers' }).click();
    await expect(page.getByRole('heading', { name: 'Customers', level: 1 })).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  test('light or dark is remembered in this browser', async ({ page }) => {
    await page.goto('/');
    const scheme = page.locator('html');
    await page.getByRole('button', { name: /Amira Khan/ }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'dark');
    await page.reload();
    await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'dark');
  });
});

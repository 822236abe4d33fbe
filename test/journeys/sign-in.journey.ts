import { expect } from '@playwright/test';
import { makeSetUpToken } from '../../src/features/users/set-up/service.ts';
import { expectAccessible } from './support/accessibility.ts';
import { test } from './support/journey.ts';

test.describe('the door', () => {
  test('whoever is not signed in is asked to, and sees nothing else', async ({ page }) => {
    await page.goto('/customers');
    await expect(page).toHaveURL(/\/sign-in\?next=%2Fcustomers$/);
    await expect(page).toHaveTitle('Sign in · Navigator');
    await expect(page.getByLabel('Username')).toBeFocused();
    await expect(page.getByRole('navigation')).toHaveCount(0);
    await expectAccessible(page);
  });

  test('an adviser signs in, arrives where they meant to go, and signs out again', async ({
    page,
    desk,
    dealership,
  }) => {
    const amira = await dealership.employs('Amira Khan', 'adviser');
    await page.goto('/customers');
    await desk.signsInAs(amira);
    await expect(page).toHaveURL(/\/customers$/);
    await expect(page.getByRole('heading', { name: 'Customers', level: 1 })).toBeVisible();
    await page.getByRole('button', { name: /Amira Khan, service adviser/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await page.goto('/customers');
    await expect(page).toHaveURL(/\/sign-in/);
  });

  test('a wrong password, an unknown name and a closed account are refused in the same words', async ({
    page,
    desk,
    dealership,
  }) => {
    desk.expectsRefusal(401);
    const amira = await dealership.employs('Amira Khan', 'adviser');
    const gone = await dealership.employs('Gary Gone', 'adviser');
    await dealership.dismisses(gone);
    await page.goto('/sign-in');
    const said: (string | null)[] = [];
    const wrong = 'not the right words';
    for (const person of [
      { ...amira, password: wrong },
      { username: 'nobody.here', password: wrong },
      gone,
    ]) {
      await desk.signsInAs(person);
      await expect(page.getByRole('alert')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled();
      said.push(await page.getByRole('alert').textContent());
    }
    expect(said[0]).toMatch(/\.$/);
    expect(new Set(said).size).toBe(1);
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
    await expect(page.getByLabel('Password', { exact: true })).toBeFocused();
    await expectAccessible(page);
  });

  test('nothing is asked of the server while a field is empty, and the field says what is missing', async ({
    page,
  }) => {
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText('Give your username.')).toBeVisible();
    await expect(page.getByText('Give your password.')).toBeVisible();
  });

  test('an address that leads elsewhere after signing in is not followed', async ({
    page,
    desk,
    dealership,
  }) => {
    await page.goto('/sign-in?next=%2F%2Fexample.com%2F');
    await desk.signsInAs(await dealership.employs('Amira Khan', 'adviser'));
    await expect(page.getByRole('heading', { name: /^Today at/ })).toBeVisible();
    expect(new URL(page.url()).origin).toBe(dealership.address);
  });

  test('a session that has ended leads back to the door, and from there to the same place', async ({
    page,
    desk,
    dealership,
  }) => {
    const amira = await dealership.employs('Amira Khan', 'adviser');
    desk.expectsRefusal(401);
    await desk.isSignedInAs(amira);
    await page.goto('/customers');
    await expect(page.getByRole('heading', { name: 'Customers', level: 1 })).toBeVisible();
    dealership.context.clock.advance({ hours: 13 });
    await page.getByLabel('Who is it?').fill('holroyd');
    await expect(page).toHaveURL(/\/sign-in\?next=%2Fcustomers$/);
    await desk.signsInAs(amira);
    await expect(page.getByRole('heading', { name: 'Customers', level: 1 })).toBeVisible();
  });
});

test.describe('a new installation', () => {
  test('is taken into use by whoever has the link, once', async ({ page, desk, newInstallation }) => {
    const token = await makeSetUpToken(newInstallation.context);
    const link = `${newInstallation.address}/set-up#${token}`;
    await page.goto(link);
    await expect(page.getByRole('heading', { name: 'Set up Navigator' })).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel('Full name').fill('Ruth Odell');
    await page.getByLabel('Username').fill('ruth');
    await page.getByLabel('Password', { exact: true }).fill('short');
    desk.expectsRefusal(422);
    await page.getByRole('button', { name: 'Begin' }).click();
    await expect(page.getByText('use at least 12 characters')).toBeVisible();
    await page.getByLabel('Password', { exact: true }).fill('four calm grey herons');
    await page.getByRole('button', { name: 'Begin' }).click();
    await expect(page.getByRole('heading', { name: /^Today at/ })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Staff' })).toBeVisible();
    expect(page.url()).not.toContain('#');
    desk.expectsRefusal(404);
    await page.goto('about:blank');
    await page.goto(link);
    await expect(page.getByRole('alert')).toContainText('This link was used');
  });

  test('says what to do where the link is not whole', async ({ page }) => {
    await page.goto('/set-up');
    await expect(page.getByText('Open the whole link')).toBeVisible();
    await expectAccessible(page);
  });
});

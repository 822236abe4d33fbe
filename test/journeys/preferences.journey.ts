import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { recordPermissionEvent } from '../../src/features/permissions/service.ts';
import { adviser, answers, givenCustomer } from '../support/customers.ts';
import { expectAccessible } from './support/accessibility.ts';
import { answer, box, expectEveryBoxUnticked, popup } from './support/counter.ts';
import { test } from './support/journey.ts';

test.describe('how may we keep in touch?', () => {
  test.beforeEach(async ({ desk, dealership }) => {
    await desk.travelsTo('2026-11-23', '11:30:00');
    await desk.isSignedInAs(await dealership.employs('Amira Khan', 'adviser'));
  });

  test('is asked at first access, every box unticked, and closing it saves nothing', async ({
    page,
    desk,
    dealership,
  }) => {
    const id = await givenCustomer(dealership.context, { title: 'Mrs', surname: 'Holroyd' });
    await page.goto(`/customers/${id}`);
    await expect(popup(page)).toContainText('How may we keep in touch with Mrs Holroyd?');
    await expect(popup(page)).toContainText('“May we, The dealership, remind you');
    await expectEveryBoxUnticked(page);
    await expectAccessible(page);
    await box(page, 'SMS', 'Service follow-up').check();
    await page.keyboard.press('1');
    await page.keyboard.press('Escape');
    await expect(popup(page)).toHaveCount(0);
    await expect(page.getByText('Review never done')).toBeVisible();
    await expect(answer(page, 'SMS', 'Service follow-up')).toContainText('Not asked');
    await expect(page.getByText(/entry 2/)).toHaveCount(0);
    await expectAccessible(page);
    // It was the first access: the review stays due, and whoever opens the record again is not stopped by it.
    await page.reload();
    await expect(page.getByText('Review never done')).toBeVisible();
    await expect(popup(page)).toHaveCount(0);
    await page.keyboard.press('r');
    await expectEveryBoxUnticked(page);
    // Whoever signs in next has not been asked to ask.
    await page.keyboard.press('Escape');
    const person = await dealership.employs('Amira Khan', 'adviser');
    await page.getByRole('button', { name: 'Amira Khan' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await desk.signsInAs(person);
    await expect(page.getByRole('button', { name: 'Amira Khan' })).toBeVisible();
    await page.goto(`/customers/${id}`);
    await expectEveryBoxUnticked(page);
  });

  test('a whole review takes the keyboard alone and at most fifteen keystrokes', async ({
    page,
    dealership,
  }) => {
    const id = await givenCustomer(dealership.context, {
      title: 'Mrs',
      surname: 'Holroyd',
      vehicles: [{ registration: 'KB12 CDE', make: 'Ford', model: 'Focus' }],
    });
    await page.goto(`/customers/${id}`);
    await expect(box(page, 'SMS', 'Service follow-up')).toBeFocused();
    const keys = ['Space', 'ArrowDown', 'Space', 'ArrowDown', 'ArrowRight', 'Space', '1', 'Enter'];
    for (const key of keys) await page.keyboard.press(key);
    await expect(popup(page)).toContainText('choices are saved');
    await expect(popup(page)).toContainText(
      "We may now text and send letters about KB12 CDE's MOT and service.",
    );
    await expect(popup(page)).toContainText('The next review is due 23 May 2027.');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    expect(keys.length + 1).toBeLessThanOrEqual(15);
    await expect(popup(page)).toHaveCount(0);
    await expect(answer(page, 'SMS', 'Service follow-up')).toContainText('Yes');
    await expect(answer(page, 'SMS', 'Service follow-up')).toContainText('Consented');
    await expect(answer(page, 'Email', 'General dealer marketing')).toContainText('Said no');
    await expect(answer(page, 'Telephone', 'General dealer marketing')).toContainText('Consented');
  });

  test('a yes without saying how it was given is refused, and a no needs nothing', async ({
    page,
    dealership,
  }) => {
    const id = await givenCustomer(dealership.context, { title: 'Mr', surname: 'Eyre' });
    await page.goto(`/customers/${id}`);
    await box(page, 'Email', 'General dealer marketing').check();
    await page.keyboard.press('Enter');
    await expect(popup(page).getByRole('alert')).toHaveText(
      'Say how Mr Eyre told us: a yes has to be proved.',
    );
    await box(page, 'Email', 'General dealer marketing').uncheck();
    await popup(page).getByRole('button', { name: 'Save choices' }).click();
    await expect(popup(page)).toContainText('choices are saved');
  });

  test('an early Enter says no to nothing', async ({ page, dealership }) => {
    const id = await givenCustomer(dealership.context);
    await page.goto(`/customers/${id}`);
    await expect(box(page, 'SMS', 'Service follow-up')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(popup(page).getByRole('alert')).toContainText('No box is ticked. Press Enter once more');
    await page.keyboard.press('Escape');
    await expect(answer(page, 'SMS', 'Service follow-up')).toContainText('Not asked');
  });

  test('is asked again when six months have passed without a review, and shows no tick for what is held', async ({
    page,
    desk,
    dealership,
  }) => {
    const id = await givenCustomer(dealership.context, { title: 'Mrs', surname: 'Holroyd' });
    await recordPermissionEvent(
      dealership.context,
      id,
      answers('general_marketing', [{ channel: 'sms' }, { channel: 'email', answer: 'not_given' }]),
      adviser,
    );
    await desk.travelsTo('2027-05-22');
    await desk.isSignedInAs(await dealership.employs('Amira Khan', 'adviser'));
    await page.goto(`/customers/${id}`);
    await expect(answer(page, 'SMS', 'General dealer marketing')).toContainText('Consented');
    await expect(popup(page)).toHaveCount(0);
    await desk.travelsTo('2027-05-23');
    await desk.isSignedInAs(await dealership.employs('Amira Khan', 'adviser'));
    await page.goto(`/customers/${id}`);
    await expectEveryBoxUnticked(page);
    await expect(popup(page)).toContainText('Consented');
    await expect(popup(page)).toContainText('Said no');
  });

  test('rests for the day at the branch where nobody was asked, and stays due', async ({
    page,
    dealership,
  }) => {
    const id = await givenCustomer(dealership.context, { title: 'Mr', surname: 'Dunn' });
    await page.goto(`/customers/${id}`);
    await expect(box(page, 'SMS', 'Service follow-up')).toBeFocused();
    await page.keyboard.press('n');
    await page.keyboard.press('6');
    await expect(page.getByText('Mr Dunn was not asked.')).toBeVisible();
    await page.reload();
    await expect(page.getByText('Review never done')).toBeVisible();
    await expect(page.getByText(/did not ask \(dropped keys\)/)).toBeVisible();
    await expect(popup(page)).toHaveCount(0);
  });

  test('a yes that is taken back is called withdrawn, and all marketing stops in one press', async ({
    page,
    dealership,
  }) => {
    const id = await givenCustomer(dealership.context, { title: 'Mrs', surname: 'Holroyd' });
    await recordPermissionEvent(
      dealership.context,
      id,
      answers('general_marketing', [{ channel: 'sms' }]),
      adviser,
    );
    await page.goto(`/customers/${id}`);
    await expect(answer(page, 'SMS', 'General dealer marketing')).toContainText('Yes');
    await page.getByRole('button', { name: 'Stop all marketing' }).click();
    await expect(page.getByText('is stopped from this moment')).toBeVisible();
    await expect(answer(page, 'SMS', 'General dealer marketing')).toContainText('No');
    await expect(answer(page, 'SMS', 'General dealer marketing')).toContainText('Withdrawn');
    await expect(page.getByText('Stopped all marketing').first()).toBeVisible();
    await expectAccessible(page);
  });

  test('two who ask at once lose nothing: the second is told, keeps the ticks and saves again', async ({
    page,
    desk,
    dealership,
  }) => {
    desk.expectsRefusal(409);
    const id = await givenCustomer(dealership.context, { title: 'Mr', surname: 'Price' });
    await page.goto(`/customers/${id}`);
    await box(page, 'Letter', 'General dealer marketing').check();
    await page.keyboard.press('2');
    await recordPermissionEvent(
      dealership.context,
      id,
      answers('general_marketing', [{ channel: 'sms' }]),
      adviser,
    );
    await page.keyboard.press('Enter');
    await expect(popup(page).getByRole('alert')).toContainText('Somebody else saved');
    await expect(box(page, 'Letter', 'General dealer marketing')).toBeChecked();
    await expect(popup(page)).toContainText('Consented');
    await page.keyboard.press('Enter');
    await expect(popup(page)).toContainText('choices are saved');
  });

  test('a lost connection loses nothing that was ticked, and saves it when it is back', async ({
    page,
    desk,
    dealership,
  }) => {
    const id = await givenCustomer(dealership.context, { title: 'Mrs', surname: 'Appleyard' });
    await page.goto(`/customers/${id}`);
    await box(page, 'SMS', 'Service follow-up').check();
    await box(page, 'Email', 'General dealer marketing').check();
    await page.keyboard.press('1');
    await desk.isConnected(false);
    await page.keyboard.press('Enter');
    await expect(popup(page).getByRole('alert')).toContainText('Navigator cannot be reached');
    await expect(popup(page).getByRole('checkbox', { checked: true })).toHaveCount(2);
    await desk.isConnected(true);
    await page.keyboard.press('Enter');
    await expect(popup(page)).toContainText('choices are saved');
    await page.keyboard.press('Enter');
    await expect(answer(page, 'SMS', 'Service follow-up')).toContainText('Consented');
    await expect(page.getByText(/entry 3/)).toHaveCount(0);
  });

  test('a session that ends while somebody is asked loses nothing that was ticked', async ({
    page,
    desk,
    dealership,
  }) => {
    desk.expectsRefusal(401);
    const amira = await dealership.employs('Amira Khan', 'adviser');
    const id = await givenCustomer(dealership.context, { title: 'Mrs', surname: 'Birtwistle' });
    await page.goto(`/customers/${id}`);
    await box(page, 'SMS', 'Service follow-up').check();
    await page.keyboard.press('2');
    dealership.context.clock.advance({ hours: 13 });
    await page.keyboard.press('Enter');
    const again = page.getByRole('dialog', { name: 'You were signed out' });
    await expect(again).toContainText('Sign in again as Amira Khan');
    await expectAccessible(page);
    await again.getByLabel('Password', { exact: true }).fill('not the right words');
    await page.keyboard.press('Enter');
    await expect(again.getByRole('alert')).toBeVisible();
    await again.getByLabel('Password', { exact: true }).fill(amira.password);
    await page.keyboard.press('Enter');
    await expect(again).toHaveCount(0);
    await expect(box(page, 'SMS', 'Service follow-up')).toBeChecked();
    await popup(page).getByRole('button', { name: 'Save choices' }).click();
    await expect(popup(page)).toContainText('choices are saved');
    await page.keyboard.press('Enter');
    await expect(answer(page, 'SMS', 'Service follow-up')).toContainText('Consented');
  });

  test('every answer opens to its reasons, its rule and the entry that it rests on', async ({
    page,
    dealership,
  }) => {
    const id = await givenCustomer(dealership.context);
    await recordPermissionEvent(
      dealership.context,
      id,
      answers('general_marketing', [{ channel: 'email' }]),
      adviser,
    );
    await page.goto(`/customers/${id}`);
    await answer(page, 'Email', 'General dealer marketing').click();
    const why = page.getByRole('dialog', { name: 'Email, general dealer marketing' });
    await expect(why).toContainText('Every rule that was tried');
    await expect(why.getByRole('table')).toBeVisible();
    await expectAccessible(page);
    await why.getByRole('link', { name: 'Entry 2' }).click();
    await expect(why).toHaveCount(0);
    await expect(entry(page, 2)).toBeFocused();
    await expect(page).toHaveURL(/\?entry=2$/);
  });
});

function entry(page: Page, sequence: number) {
  return page.getByRole('listitem').filter({ hasText: `entry ${sequence}` });
}

import { expect } from '@playwright/test';
import { recordPermissionEvent } from '../../src/features/permissions/service.ts';
import { adviser, answers, givenCustomer } from '../support/customers.ts';
import { expectAccessible } from './support/accessibility.ts';
import { answer, box, expectEveryBoxUnticked, popup } from './support/counter.ts';
import { test } from './support/journey.ts';

test.describe('with a queue at the desk, the pop-up', () => {
  test.beforeEach(async ({ desk, dealership }) => {
    await desk.travelsTo('2026-11-23', '11:30:00');
    await desk.isSignedInAs(await dealership.employs('Amira Khan', 'adviser'));
  });

  test('never comes over a word that is being typed, whose other letters would answer it', async ({
    page,
    dealership,
  }) => {
    const id = await givenCustomer(dealership.context, { title: 'Mrs', surname: 'Ormerod' });
    const { promise: isTyped, resolve: typed } = Promise.withResolvers<void>();
    await page.route('**/preferences?*', async (route) => {
      await isTyped;
      await route.continue();
    });
    await page.goto(`/customers/${id}`);
    await expect(page.getByRole('heading', { name: 'Mrs Ormerod', level: 1 })).toBeVisible();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('mis');
    typed();
    await expect(page.getByText('Review never done')).toBeVisible();
    await page.keyboard.type('ses dunn');
    await expect(page.getByLabel('Find a customer')).toHaveValue('misses dunn');
    await expect(popup(page)).toHaveCount(0);
    await expect(page.getByText('is stopped from this moment')).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expectEveryBoxUnticked(page);
  });

  test('a click beside it loses nothing that was ticked', async ({ page, dealership }) => {
    const id = await givenCustomer(dealership.context, { title: 'Mr', surname: 'Gill' });
    await page.goto(`/customers/${id}`);
    await box(page, 'SMS', 'Service follow-up').check();
    await page.mouse.click(8, 400);
    await expect(box(page, 'SMS', 'Service follow-up')).toBeChecked();
  });

  test('says before it is saved what the unticked boxes end, and keeps the ways out in view at any size', async ({
    page,
    dealership,
  }) => {
    const id = await givenCustomer(dealership.context, { title: 'Mrs', surname: 'Birchenough' });
    await recordPermissionEvent(
      dealership.context,
      id,
      answers('general_marketing', [{ channel: 'sms' }]),
      adviser,
    );
    await page.goto(`/customers/${id}`);
    await expect(answer(page, 'SMS', 'General dealer marketing')).toContainText('Yes');
    await page.keyboard.press('r');
    await box(page, 'SMS', 'Service follow-up').check();
    await expect(popup(page)).toContainText('Saves 1 yes and 9 no: 1 no ends what is allowed today.');
    for (const size of [
      { width: 1280, height: 800 },
      { width: 1280, height: 600 },
      { width: 390, height: 844 },
      { width: 320, height: 640 },
    ]) {
      await page.setViewportSize(size);
      for (const name of ['Save choices', 'Declined to answer', 'Did not ask…', 'Stop all marketing']) {
        await expect(popup(page).getByRole('button', { name })).toBeInViewport({ ratio: 1 });
      }
    }
    await expectAccessible(page);
  });
});

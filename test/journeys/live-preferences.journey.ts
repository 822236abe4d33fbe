import type { Browser, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { recordPermissionEvent } from '../../src/features/permissions/service.ts';
import { changePolicy } from '../../src/features/settings/service.ts';
import { adviser, answers, givenCustomer } from '../support/customers.ts';
import { answer, box, expectEveryBoxUnticked, leavePopUp, popup } from './support/counter.ts';
import type { Dealership } from './support/dealership.ts';
import { test } from './support/journey.ts';

/** Somebody else at another desk, with a browser of their own. */
async function anotherDesk(browser: Browser, dealership: Dealership, fullName: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: dealership.address, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.clock.setFixedTime(dealership.context.clock.now().epochMilliseconds);
  const { username, password } = await dealership.employs(fullName, 'adviser');
  await page.request.post('/api/v1/session', { data: { username, password } });
  return page;
}

test.describe('two staff at once on one customer', () => {
  test.beforeEach(async ({ desk, dealership }) => {
    await desk.travelsTo('2026-11-23', '11:30:00');
    await desk.isSignedInAs(await dealership.employs('Amira Khan', 'adviser'));
  });

  test('a review that a colleague saves closes the pop-up where nothing is ticked, and every panel follows', async ({
    page,
    browser,
    dealership,
  }) => {
    const id = await givenCustomer(dealership.context, { title: 'Mrs', surname: 'Garside' });
    const tom = await anotherDesk(browser, dealership, 'Tom Reed');
    await page.goto(`/customers/${id}`);
    await expectEveryBoxUnticked(page);
    await tom.goto(`/customers/${id}`);
    await box(tom, 'SMS', 'Service follow-up').check();
    await tom.keyboard.press('1');
    await tom.keyboard.press('Enter');
    await expect(popup(tom)).toContainText('choices are saved');
    await expect(page.getByText('Tom Reed just saved Mrs Garside’s preferences.')).toBeVisible();
    await expect(popup(page)).toHaveCount(0);
    await expect(answer(page, 'SMS', 'Service follow-up')).toContainText('Consented');
    // The other way round: Tom closes his, and his panel follows what is stopped at the first desk.
    await tom.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Stop all marketing' }).click();
    await expect(answer(tom, 'SMS', 'Service follow-up')).toContainText('Withdrawn');
    await tom.context().close();
  });

  test('with something ticked it stays: no answer is lost, the second sees the first’s, is told, and saves on top', async ({
    page,
    browser,
    dealership,
  }) => {
    const id = await givenCustomer(dealership.context, { title: 'Mr', surname: 'Ibbotson' });
    const tom = await anotherDesk(browser, dealership, 'Tom Reed');
    await page.goto(`/customers/${id}`);
    await box(page, 'Letter', 'General dealer marketing').check();
    await page.keyboard.press('2');
    await tom.goto(`/customers/${id}`);
    await box(tom, 'SMS', 'General dealer marketing').check();
    await tom.keyboard.press('1');
    await tom.keyboard.press('Enter');
    await expect(popup(tom)).toContainText('choices are saved');
    await expect(popup(page).getByRole('alert')).toContainText(
      'Tom Reed just saved Mr Ibbotson’s preferences.',
    );
    await expect(popup(page)).toContainText('Consented');
    await expect(box(page, 'Letter', 'General dealer marketing')).toBeChecked();
    // Of two answers at one instant the no counts: this one is a minute later.
    dealership.travelTo('2026-11-23T11:31:00Z');
    // A save that was under way when the word came is not made unseen.
    await page.keyboard.press('Enter');
    await expect(popup(page).getByRole('alert')).toContainText('nothing of yours was saved');
    await box(page, 'SMS', 'General dealer marketing').check();
    await page.keyboard.press('Enter');
    await expect(popup(page)).toContainText('choices are saved');
    await tom.keyboard.press('Escape');
    await expect(answer(tom, 'Letter', 'General dealer marketing')).toContainText('Consented');
    await expect(answer(tom, 'SMS', 'General dealer marketing')).toContainText('Consented');
    await tom.context().close();
  });

  test('what the customer saves elsewhere closes it, too', async ({ page, dealership }) => {
    const id = await givenCustomer(dealership.context, { title: 'Ms', surname: 'Quarmby' });
    await page.goto(`/customers/${id}`);
    await expectEveryBoxUnticked(page);
    const given = answers('general_marketing', [{ channel: 'email' }]);
    await recordPermissionEvent(
      dealership.context,
      id,
      { ...given, method: 'portal', givenBy: 'customer' },
      { kind: 'customer', id: null },
    );
    await expect(page.getByText('Ms Quarmby just saved their own preferences.')).toBeVisible();
    await expect(popup(page)).toHaveCount(0);
    await expect(answer(page, 'Email', 'General dealer marketing')).toContainText('Consented');
  });
});

test.describe('the reminder pop-up', () => {
  const places = ['customer record', 'appointment creation', 'sales enquiry'] as const;

  async function open(page: Page, place: (typeof places)[number], id: string): Promise<void> {
    if (place === 'customer record') await page.goto(`/customers/${id}`);
    else if (place === 'appointment creation') await page.goto(`/appointments/new?customer=${id}`);
    else {
      await page.goto(`/enquiries/new?customer=${id}`);
      await page.getByLabel('Vehicle of interest').fill('A used Corsa');
      await page.getByRole('button', { name: 'Enter the enquiry' }).click();
    }
  }

  /** To the day, at the month's end, and over the change of the clocks in London. */
  const sixMonths = [
    { reviewed: '2026-11-23T11:00:00Z', inTime: '2027-05-22T22:59:00Z', due: '2027-05-22T23:01:00Z' },
    { reviewed: '2027-08-31T09:00:00Z', inTime: '2028-02-28T23:59:00Z', due: '2028-02-29T00:01:00Z' },
    { reviewed: '2028-05-31T22:30:00Z', inTime: '2028-11-29T23:59:00Z', due: '2028-11-30T00:01:00Z' },
  ] as const;

  test('comes at first access after the upgrade in the record, in appointment creation and in an enquiry, each on its own', async ({
    page,
    desk,
    dealership,
  }) => {
    await desk.travelsTo('2026-11-23', '11:30:00');
    await desk.isSignedInAs(await dealership.employs('Mona Price', 'manager'));
    const vehicles = [{ registration: 'LP12 OLD', make: 'Ford', model: 'Focus' }];
    const id = await givenCustomer(dealership.context, { title: 'Mrs', surname: 'Wolfenden', vehicles });
    for (const place of places) {
      await open(page, place, id);
      await expectEveryBoxUnticked(page);
      await expect(page.getByRole('region', { name: 'May we contact them?' })).toHaveCount(1);
      await leavePopUp(page);
    }
    for (const place of ['customer record', 'appointment creation'] as const) {
      await open(page, place, id);
      await expect(page.getByText('Review never done')).toBeVisible();
      await expect(popup(page)).toHaveCount(0);
    }
  });

  test('comes six months after the last review, not a minute of London time sooner', async ({
    page,
    newInstallation,
  }) => {
    const { address, context, employs } = newInstallation;
    const { username, password } = await employs('Amira Khan', 'adviser');
    for (const { reviewed, inTime, due } of sixMonths) {
      newInstallation.travelTo(reviewed);
      const id = await givenCustomer(context, { title: 'Mr', surname: 'Thewlis' });
      const given = answers('general_marketing', [{ channel: 'sms' }]);
      await recordPermissionEvent(context, id, { ...given, occurredAt: reviewed }, adviser);
      for (const [instant, shown] of [
        [inTime, false],
        [due, true],
      ] as const) {
        newInstallation.travelTo(instant);
        await page.clock.setFixedTime(instant);
        await page.request.post(`${address}/api/v1/session`, { data: { username, password } });
        await page.goto(`${address}/customers/${id}`);
        await expect(page.getByText(shown ? 'Review due today' : /Next review/).first()).toBeVisible();
        await expect(popup(page)).toHaveCount(shown ? 1 : 0);
      }
    }
  });

  test('at every access, where the dealer chose that, comes each time until it was tried that day', async ({
    page,
    newInstallation,
  }) => {
    const { address, context, employs } = newInstallation;
    await changePolicy(context, {
      settings: { reviewPromptAt: 'every_access' },
      reason: 'Journey',
      recordedBy: 'journey',
    });
    const { username, password } = await employs('Amira Khan', 'adviser');
    await page.request.post(`${address}/api/v1/session`, { data: { username, password } });
    const id = await givenCustomer(context, { title: 'Mr', surname: 'Stott' });
    for (let access = 0; access < 2; access += 1) {
      await page.goto(`${address}/customers/${id}`);
      await expectEveryBoxUnticked(page);
      await leavePopUp(page);
    }
    await page.reload();
    await expectEveryBoxUnticked(page);
    await expect(box(page, 'SMS', 'Service follow-up')).toBeFocused();
    await page.keyboard.press('n');
    await page.keyboard.press('5');
    await expect(page.getByText('Mr Stott was not asked.')).toBeVisible();
    await page.reload();
    await expect(page.getByText('Review never done')).toBeVisible();
    await expect(popup(page)).toHaveCount(0);
  });
});

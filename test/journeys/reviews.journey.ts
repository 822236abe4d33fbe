import { expect } from '@playwright/test';
import { readCustomer } from '../../src/features/customers/service.ts';
import { recordPermissionEvent } from '../../src/features/permissions/service.ts';
import { recordScreenings } from '../../src/features/privacy/service.ts';
import { adviser, answers, givenCustomer } from '../support/customers.ts';
import { expectAccessible } from './support/accessibility.ts';
import { test } from './support/journey.ts';

test('whoever is due again stands in the queue from that day, and opening them opens the question', async ({
  page,
  newInstallation,
}) => {
  const { address, context, employs } = newInstallation;
  const id = await givenCustomer(context, { customerNumber: 'Q-1', forename: 'Jane', surname: 'Holroyd' });
  await recordPermissionEvent(context, id, answers('general_marketing', [{ channel: 'sms' }]), adviser);
  newInstallation.travelTo('2027-05-23T10:00:00Z');
  await page.clock.setFixedTime('2027-05-23T10:00:00Z');
  const { username, password } = await employs('Amira Khan', 'adviser');
  await page.request.post(`${address}/api/v1/session`, { data: { username, password } });

  await page.goto(`${address}/reviews?branch=all`);
  await expect(page.getByRole('link', { name: 'Due this week 1' })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Find in this queue').fill('kowalski');
  await expect(page.getByText('Nobody of that name or number is in this queue')).toBeVisible();
  await page.getByLabel('Find in this queue').fill('holr');
  await expect(page.getByText('1 customer of this queue could be meant.')).toBeVisible();
  expect(page.url()).not.toContain('holr');
  await page.getByLabel('Find in this queue').clear();
  await page.getByLabel('Adviser').selectOption('Nobody’s customers');
  await expect(page).toHaveURL(/adviser=nobody/);
  const name = page.getByRole('link', { name: /Holroyd/ });
  await name.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('How may we keep in touch with');

  await page.goto(`${address}/reviews?status=overdue&branch=all`);
  await expect(page.getByRole('heading', { name: 'Nobody is overdue' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'See 1 customer due this week' }).click();
  await expect(name).toBeVisible();
});

test('those of the queue whom we may phone stand in the call list, and whoever may make lists hands it out', async ({
  page,
  newInstallation,
}) => {
  const { address, context, employs } = newInstallation;
  const vehicle = { registration: 'CW12 ABC', make: 'Ford', model: 'Focus' };
  for (const [surname, answer] of [
    ['Callwell', 'granted'],
    ['Silent', 'not_given'],
  ] as const) {
    const vehicles = surname === 'Callwell' ? [vehicle] : [];
    const id = await givenCustomer(context, { forename: 'Ann', surname, vehicles });
    const said = answers('general_marketing', [{ channel: 'live_call', answer }]);
    await recordPermissionEvent(context, id, { ...said, occurredAt: '2026-05-01T09:00:00Z' }, adviser);
    const { contactPoints } = await readCustomer(context, id);
    const number = contactPoints.find(({ kind }) => kind === 'mobile')?.normalised ?? '';
    await recordScreenings(context, [{ register: 'tps', number, listedOn: null, screenedOn: '2026-11-23' }]);
  }
  await page.clock.setFixedTime('2026-11-23T11:00:00Z');
  const { username, password } = await employs('Maya Brown', 'marketing');
  await page.request.post(`${address}/api/v1/session`, { data: { username, password } });

  await page.goto(`${address}/reviews?status=overdue`);
  await page.getByRole('link', { name: 'Call list' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Callwell' })).toContainText(
    'Ford Focus CW12 ABC',
  );
  await expect(page.getByText('Silent')).toHaveCount(0);
  await expect(page.getByRole('link', { name: /^Phone Ann Callwell/ })).toHaveAttribute('href', /^tel:\+44/);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Hand the list out' }).click();
  await page.getByRole('button', { name: 'Make the list' }).click();
  await expect(page.getByRole('dialog', { name: 'The call list is made' })).toContainText(
    '1 customer to phone.',
  );
  await expectAccessible(page);
  const fetching = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download the list' }).click();
  expect((await fetching).suggestedFilename()).toMatch(/\.csv$/);
  await page.keyboard.press('Escape');
  await page.getByLabel('Queue').selectOption('Never asked');
  await expect(page.getByRole('heading', { name: 'Nobody of this queue may be phoned' })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Outcomes' }).click();
  await expect(page.getByText('Nobody was asked 0 of 2 times (0%).')).toBeVisible();
  await expect(page.getByRole('row', { name: /Callwell/ })).toContainText('Saved');
  await expectAccessible(page);
  await page.getByLabel('Until').fill('2026-11-22');
  await expect(page.getByRole('heading', { name: 'Nothing came of a review in these days' })).toBeVisible();
  await expect(page).toHaveURL(/to=2026-11-22/);
});

import { expect } from '@playwright/test';
import { recordPermissionEvent } from '../../src/features/permissions/service.ts';
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

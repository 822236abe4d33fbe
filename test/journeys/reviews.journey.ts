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
  await expect(page.getByRole('link', { name: 'Due today 1' })).toBeVisible();
  await expectAccessible(page);
  const name = page.getByRole('link', { name: /Holroyd/ });
  await name.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('How may we keep in touch with');

  await page.goto(`${address}/reviews?status=overdue&branch=all`);
  await expect(page.getByRole('heading', { name: 'Nobody is overdue' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'See 1 customer due today' }).click();
  await expect(name).toBeVisible();
});

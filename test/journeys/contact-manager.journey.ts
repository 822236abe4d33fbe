import { expect } from '@playwright/test';
import { recordPermissionEvent } from '../../src/features/permissions/service.ts';
import { adviser, answers } from '../support/customers.ts';
import { givenKeeper } from '../support/workshop.ts';
import { expectAccessible } from './support/accessibility.ts';
import { test } from './support/journey.ts';

test('the marketing manager moves a step, and the record foretells what the customer will hear', async ({
  page,
  newInstallation,
}) => {
  const { address, context, employs } = newInstallation;
  const due = { registration: 'AB12 CDE', motDueOn: '2027-01-14' };
  const { customerId } = await givenKeeper(context, due, { surname: 'Foretold' });
  const agreed = answers('service_follow_up', [{ channel: 'sms' }, { channel: 'letter' }]);
  await recordPermissionEvent(context, customerId, agreed, adviser);
  await page.clock.setFixedTime('2026-11-23T11:00:00Z');
  const { username, password } = await employs('Ruth Odell', 'marketing');
  await page.request.post(`${address}/api/v1/session`, { data: { username, password } });

  await page.goto(`${address}/contact-manager`);
  const mot = page.getByRole('region', { name: 'MOT due' });
  await expect(mot).toContainText('30 days before');
  await expectAccessible(page);

  await mot.getByRole('button', { name: 'Change the steps of MOT due' }).press('Enter');
  const dialog = page.getByRole('dialog');
  const first = dialog.getByRole('group', { name: 'Step 1' });
  await first.getByLabel('Days').fill('14');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('Two steps lie 14 days before the MOT runs out');
  await expectAccessible(page);
  await first.getByLabel('Days').fill('21');
  await page.keyboard.press('Enter');
  await expect(mot).toContainText('21 days before');

  await page.goto(`${address}/customers/${customerId}`);
  const forecast = page.getByRole('region', { name: 'The next twelve months' });
  await expect(forecast.getByRole('listitem').first()).toContainText('A letter about AB12 CDE’s MOT');
  await expect(forecast.getByRole('listitem').first()).toContainText('24 December');
  await forecast.getByText('may not be sent').click();
  await expect(forecast).toContainText('Nothing about AB12 CDE’s MOT');
  await expectAccessible(page);

  await page.goto(`${address}/contact-manager`);
  await mot.getByRole('button', { name: 'Switch off MOT due' }).press('Enter');
  await expect(mot).toContainText('Off');
  await page.goto(`${address}/customers/${customerId}`);
  await expect(forecast).toContainText('Nothing in the next twelve months');
});

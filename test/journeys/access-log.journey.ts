import { expect } from '@playwright/test';
import { givenCustomer } from '../support/customers.ts';
import { expectAccessible } from './support/accessibility.ts';
import { leavePopUp } from './support/counter.ts';
import { test } from './support/journey.ts';

test('the privacy role sees who looked at a customer, narrows it down, and is noted for having looked', async ({
  page,
  desk,
  dealership,
  browser,
}) => {
  const id = await givenCustomer(dealership.context, { customerNumber: 'AUD-77', surname: 'Auditworth' });
  const tara = await dealership.employs('Tara Watcher', 'adviser');
  const hers = await browser.newContext({ baseURL: dealership.address });
  await hers.request.post('/api/v1/session', {
    data: { username: tara.username, password: tara.password },
  });
  expect((await hers.request.get(`/api/v1/customers/${id}`)).status()).toBe(200);
  await hers.close();

  await desk.isSignedInAs(await dealership.employs('Priya Shah', 'privacy'));
  await page.goto('/access-log');
  await expect(page.getByRole('heading', { name: 'Who looked', level: 1 })).toBeVisible();
  await page.getByLabel('Customer number').fill('aud-77');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row', { name: /Tara Watcher.*Opened the record.*AUD-77/ })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('What they did').selectOption('Took data out');
  await expect(page.getByRole('heading', { name: 'Nobody looked' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Show everything' }).click();
  await expect(
    page.getByRole('row', { name: /Priya Shah.*Looked at the access log.*AUD-77/ }).first(),
  ).toBeVisible();
  await expect(page.getByRole('link', { name: 'Download as CSV' })).toHaveAttribute(
    'href',
    /accesses:export/,
  );

  await page.goto(`/customers/${id}`);
  await leavePopUp(page);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Who looked at this record' }).click();
  await expect(page).toHaveURL(new RegExp(`customer=${id}`));
  await expect(page.getByRole('row', { name: /Tara Watcher.*Opened the record/ })).toBeVisible();

  await desk.isSignedInAs(tara);
  await page.goto('/access-log');
  await expect(page.getByText('Your role does not include this screen')).toBeVisible();
});

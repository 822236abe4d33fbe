import { expect } from '@playwright/test';
import { recordPermissionEvent } from '../../src/features/permissions/service.ts';
import { adviser, answers, givenCustomer } from '../support/customers.ts';
import { expectAccessible } from './support/accessibility.ts';
import { test } from './support/journey.ts';

test('all permissions are reset by who types it, no objection is touched, and it can be undone', async ({
  page,
  newInstallation: { address, context, employs },
}) => {
  const agreed = await givenCustomer(context, { customerNumber: 'R-1' });
  await recordPermissionEvent(context, agreed, answers('general_marketing', [{ channel: 'sms' }]), adviser);
  const objected = await givenCustomer(context, { customerNumber: 'R-2' });
  await recordPermissionEvent(context, objected, answers('general_marketing', [{ channel: 'sms' }]), adviser);
  await recordPermissionEvent(context, objected, { kind: 'stop_all_marketing', givenBy: 'staff' }, adviser);
  const { username, password } = await employs('Priya Nair', 'privacy');
  await page.request.post(`${address}/api/v1/session`, { data: { username, password } });
  const maySend = async (number: string): Promise<unknown> => {
    const question = { customer: `no:${number}`, channel: 'sms', category: 'general_marketing' };
    const answer = await page.request.post(`${address}/api/v1/decisions:batch`, {
      data: { questions: [question] },
      headers: { origin: address },
    });
    const { answers: given } = (await answer.json()) as { answers: { decision: { verdict: string } }[] };
    return given[0]?.decision.verdict;
  };
  expect(await maySend('R-1')).toBe('allow');

  await page.goto(`${address}/settings/resets`);
  await page.getByRole('button', { name: 'Prepare a reset' }).click();
  await page.getByRole('radio', { name: 'Clear explicit consents, too' }).check();
  await expect(page.getByRole('heading', { name: /would be reset/ })).toBeVisible();
  await page.getByRole('button', { name: /^Reset \d+ customers?$/ }).click();
  await expect(page.getByText('Say why, for the record.')).toBeVisible();
  await expectAccessible(page);
  const confirmation =
    (await page.getByText(/^Type RESET/).textContent())?.match(/RESET \d+ RECORDS/)?.[0] ?? '';
  await page.getByLabel('Why').fill('We start anew.');
  await page.getByLabel(/^Type RESET/).fill(confirmation.toLowerCase());
  await page.getByRole('button', { name: /^Reset \d+ customers?$/ }).click();
  await expect(page.getByText(`Type it letter by letter: ${confirmation}`)).toBeVisible();
  await page.getByLabel(/^Type RESET/).fill(confirmation);
  await page.getByRole('button', { name: /^Reset \d+ customers?$/ }).click();
  await expect(page.getByText(/^Done: /)).toBeVisible();
  expect(await maySend('R-1')).toBe('deny');
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByRole('button', { name: 'Undo the reset' }).click();
  await expect(page.getByText(/^Undone: /)).toBeVisible();
  expect(await maySend('R-1')).toBe('allow');
  expect(await maySend('R-2')).toBe('deny');
});

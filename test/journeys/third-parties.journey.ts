import { expect } from '@playwright/test';
import { recordPermissionEvent } from '../../src/features/permissions/service.ts';
import { adviser, givenCustomer } from '../support/customers.ts';
import { expectAccessible } from './support/accessibility.ts';
import { answer, popup } from './support/counter.ts';
import { test } from './support/journey.ts';

const company = 'Bridge Finance plc';

test('a company is asked about by its full name once the policy names it: unticked, with how they told us, and only it', async ({
  page,
  desk,
  newInstallation,
}) => {
  desk.expectsRefusal(422);
  const { address, context, employs } = newInstallation;
  await page.clock.setFixedTime(context.clock.now().epochMilliseconds);
  const { username, password } = await employs('Ruth Odell', 'administrator');
  await page.request.post(`${address}/api/v1/session`, { data: { username, password } });
  const id = await givenCustomer(context, { title: 'Mrs', surname: 'Holroyd' });

  await test.step('whoever may change the policy names it; "selected partners" is refused', async () => {
    await page.goto(`${address}/settings/policy`);
    await page.getByRole('button', { name: 'Change the policy' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change the policy' });
    const names = dialog.getByLabel('Companies asked about in the pop-up');
    await names.fill('selected partners');
    await dialog.getByLabel('Why').fill('Finance is offered with every car');
    await dialog.getByRole('button', { name: 'Change it from now on' }).click();
    await expect(names).toHaveAccessibleDescription(/Name the company/);
    await names.fill(company);
    await dialog.getByRole('button', { name: 'Change it from now on' }).click();
    await expect(page.getByText('The policy is changed, from now on.')).toBeVisible();
  });

  await page.goto(`${address}/customers/${id}`);
  await expect(popup(page).getByRole('checkbox')).toHaveCount(15);
  await expect(popup(page).getByRole('checkbox', { checked: true })).toHaveCount(0);
  await expect(
    popup(page).getByRole('columnheader', { name: `Third-party marketing ${company}` }),
  ).toBeVisible();
  await expect(popup(page)).toContainText(`would you like to hear from us about offers of ${company}?`);
  await expectAccessible(page);
  await popup(page)
    .getByRole('checkbox', { name: `Email, Third-party marketing, ${company}` })
    .check();
  await page.keyboard.press('Enter');
  await expect(popup(page).getByRole('alert')).toContainText('Say how Mrs Holroyd told us');
  await page.keyboard.press('2');
  await page.keyboard.press('Enter');
  await expect(popup(page)).toContainText(`We may now email about offers of ${company}.`);
  await page.keyboard.press('Enter');

  const theirs = answer(page, 'Email', `Third-party marketing, ${company}`);
  await expect(theirs).toContainText('Yes');
  await expect(theirs).toContainText('by phone');
  await expect(answer(page, 'Email', 'General dealer marketing')).toContainText('Said no');
  await expectAccessible(page);
  await theirs.click();
  const why = page.getByRole('dialog', { name: `Email, Third-party marketing, ${company}` });
  await expect(why.getByRole('table')).toBeVisible();
  await page.keyboard.press('Escape');
  await recordPermissionEvent(context, id, { kind: 'stop_all_marketing', givenBy: 'staff' }, adviser);
  await page.reload();
  await expect(theirs).toContainText('Withdrawn');
});

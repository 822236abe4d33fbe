import { expect } from '@playwright/test';
import { searchDuplicates } from '../../src/features/customers/duplicates/jobs.ts';
import { recordPermissionEvent } from '../../src/features/permissions/service.ts';
import { adviser, answers, givenCustomer } from '../support/customers.ts';
import { expectAccessible } from './support/accessibility.ts';
import { leavePopUp } from './support/counter.ts';
import { test } from './support/journey.ts';

test.describe('two records that may be one person', () => {
  test.beforeEach(async ({ desk, dealership }) => {
    await desk.travelsTo('2026-11-23', '11:30:00');
    await desk.isSignedInAs(await dealership.employs('Amira Khan', 'adviser'));
  });

  test('are being checked from the moment somebody says so, and told apart from either record', async ({
    page,
    dealership,
  }) => {
    const id = await givenCustomer(dealership.context, { forename: 'Ivy', surname: 'Thistlewood' });
    const other = await givenCustomer(dealership.context, { forename: 'I', surname: 'Thistlewood' });
    await page.goto(`/customers/${id}`);
    await leavePopUp(page);
    await page.getByRole('button', { name: 'More' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Probably the same as another record…' }).press('Enter');
    await page.getByLabel('The other record').fill('thistlewood');
    await page.getByRole('radio', { name: /^I Thistlewood/ }).press('Space');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Probably the same: check them' }).press('Enter');
    const notice = page.getByRole('status').filter({ hasText: 'being checked' });
    await expect(notice).toContainText('No marketing goes to either until somebody says.');
    await expectAccessible(page);
    await notice.getByRole('link', { name: /I Thistlewood/ }).press('Enter');
    await expect(page).toHaveURL(new RegExp(`/customers/${other}$`));
    await leavePopUp(page);
    await expect(page.getByText('May be the same person as another record: marketing waits')).toBeVisible();
    await notice.getByRole('button', { name: 'Not the same person' }).press('Enter');
    await expect(page.getByText(/^Not the same person as Ivy Thistlewood/)).toBeVisible();
    await expect(notice).toBeHidden();
    await page.getByRole('button', { name: 'Take that back' }).press('Enter');
    await expect(page.getByText(/^Not the same person as/)).toBeHidden();
  });

  test('are suggested with what they have in common, and told apart by keyboard for good', async ({
    page,
    dealership,
  }) => {
    const contactPoints = [{ kind: 'email' as const, value: 'bramhope@example.com' }];
    const given = { forename: 'Noor', surname: 'Bramhope', birthOn: '1975-04-01', contactPoints };
    await givenCustomer(dealership.context, given);
    await givenCustomer(dealership.context, given);
    await searchDuplicates(dealership.context);
    await page.goto('/customers');
    await page.getByRole('link', { name: 'Duplicates' }).press('Enter');
    await page.getByLabel('What they have in common').selectOption('Same name and date of birth');
    await expect(page).toHaveURL(/ground=name_and_birth_date/);
    const row = page.getByRole('row').filter({ hasText: 'Bramhope' });
    await expect(row).toContainText('Same email address');
    await expectAccessible(page);
    await row.getByRole('button', { name: /^Probably the same/ }).press('Enter');
    await expect(row).toContainText('Being checked: no marketing to either');
    await row.getByRole('button', { name: /^Not the same person/ }).press('Enter');
    await expect(row).toBeHidden();
    await page.getByRole('button', { name: 'Undo' }).press('Enter');
    await expect(row).toBeVisible();
    await row.getByRole('link', { name: 'Noor Bramhope' }).first().press('Enter');
    await expect(page).toHaveURL(/\/customers\/[0-9a-f-]{36}$/);
  });

  test('are chosen between side by side, with what follows said before they become one', async ({
    page,
    dealership: { context },
  }) => {
    const email = { kind: 'email' as const, value: 'cattermole@example.com' };
    const given = { surname: 'Cattermole', birthOn: '1968-02-11' };
    const id = await givenCustomer(context, {
      ...given,
      forename: 'Wilf',
      contactPoints: [email, { kind: 'phone', value: '07700 900764' }],
    });
    const other = await givenCustomer(context, {
      ...given,
      forename: 'Wilfred',
      contactPoints: [email, { kind: 'phone', value: '07700 900765' }],
      vehicles: [{ registration: 'CM24 WLF', make: 'Ford', model: 'Focus' }],
    });
    const sms = { channel: 'sms' as const };
    const no = { ...sms, answer: 'withdrawn' as const };
    await recordPermissionEvent(context, id, answers('general_marketing', [sms]), adviser);
    await recordPermissionEvent(context, other, answers('general_marketing', [no]), adviser);
    await searchDuplicates(context);
    await page.goto('/customers/duplicates');
    const row = page.getByRole('row').filter({ hasText: 'Cattermole' });
    await row.getByRole('link', { name: /^Side by side/ }).press('Enter');
    await expect(page.getByRole('heading', { name: 'Two records side by side' })).toBeFocused();
    // Which of the two stays is one press away.
    await page.goto(`/customers/${other}/merge/${id}`);
    await page.getByRole('link', { name: /^Let no\. .* stay instead$/ }).press('Enter');
    await expect(page).toHaveURL(new RegExp(`/customers/${id}/merge/${other}$`));
    const names = page.getByRole('radiogroup', { name: 'Name' });
    await expect(names).toHaveAccessibleDescription('It is the fuller name.');
    await expect(names.getByRole('radio', { name: 'Wilfred Cattermole' })).toBeChecked();
    const conflict =
      /General dealer marketing by SMS: yes on the record that stays, no on the other .*Afterwards: no\./;
    await expect(page.getByText(conflict)).toBeVisible();
    await expect(
      page.getByRole('table', { name: 'Service follow-up about Ford Focus CM24 WLF' }),
    ).toBeVisible();
    await expectAccessible(page);
    await names.getByRole('radio', { name: 'Wilfred Cattermole' }).press('ArrowLeft');
    await expect(names.getByRole('radio', { name: 'Wilf Cattermole', exact: true })).toBeChecked();
    await page.getByRole('checkbox', { name: 'Mobile: 07700 900765' }).press('Space');
    const merge = page.getByRole('button', { name: 'Merge the two' });
    await expect(merge).toBeEnabled();
    await merge.press('Enter');
    await expect(page.getByRole('heading', { name: 'Wilf Cattermole', exact: true })).toBeVisible();
    const reached = page.getByRole('region', { name: 'How they are reached' });
    await expect(reached).toContainText('07700 900764');
    await expect(reached).not.toContainText('07700 900765');
    await expect(page.getByText(/CM24 WLF/).first()).toBeVisible();
    await page.goto(`/customers/${other}`);
    await expect(page.getByText('This record became part of another one', { exact: true })).toBeVisible();
    await expect(page.getByRole('heading', { level: 1, name: 'Wilfred Cattermole' })).toBeVisible();
  });
});

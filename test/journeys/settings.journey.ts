import { expect } from '@playwright/test';
import { givenCustomer } from '../support/customers.ts';
import { expectAccessible } from './support/accessibility.ts';
import { box, popup } from './support/counter.ts';
import { test } from './support/journey.ts';

test.describe('what is read out', () => {
  test('is drafted for counter and phone, approved by a second person, and read as it was previewed', async ({
    page,
    newInstallation: dealership,
  }) => {
    const author = await dealership.employs('Pru Vacy', 'privacy');
    const approver = await dealership.employs('Ada Ministrator', 'administrator');
    const signIn = async ({ username, password }: typeof author): Promise<void> => {
      await page.request.post(`${dealership.address}/api/v1/session`, { data: { username, password } });
      await page.goto(`${dealership.address}/settings/wordings`);
    };
    await signIn(author);
    await expect(page.getByText('approved by somebody other than its author')).toBeVisible();
    await page.getByRole('button', { name: 'Write a new version for The dealership' }).click();
    const dialog = page.getByRole('dialog');
    const counter = 'May {dealer} write about your {car}? You can change your mind at any time.';
    await dialog.getByLabel('At the counter', { exact: true }).fill(counter);
    await dialog
      .getByLabel('On the phone', { exact: true })
      .fill('This is {dealer}, about your {Car}. May we ring again? You can change your mind.');
    await dialog.getByRole('button', { name: 'Keep the draft' }).click();
    await expect(dialog).toContainText('{Car} would be read out as it stands');
    await dialog
      .getByLabel('On the phone', { exact: true })
      .fill('This is {dealer}, about your {car}. May we ring again? You can change your mind.');
    await expect(dialog.getByRole('region', { name: 'As the pop-up shows it on the phone' })).toContainText(
      '“This is The dealership, about your Focus. May we ring again? You can change your mind.”',
    );
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Keep the draft' }).click();
    const draft = page.getByRole('region', { name: 'Draft for The dealership' });
    await expect(draft).toContainText('You wrote this draft: somebody else');
    await expect(draft.getByRole('button', { name: 'Approve it' })).toHaveCount(0);
    await expectAccessible(page);

    await signIn(approver);
    await draft.getByRole('button', { name: 'Approve it' }).click();
    await expect(page.getByRole('region', { name: 'Version 2' })).toContainText(
      /in force.*written by Pru Vacy · approved by Ada Ministrator.*never read out/,
    );
    await expect(draft).toHaveCount(0);
    await expectAccessible(page);

    const id = await givenCustomer(dealership.context, {
      title: 'Mrs',
      surname: 'Readwell',
      vehicles: [{ registration: 'RD26 WEL', make: 'Ford', model: 'Focus' }],
    });
    await page.goto(`${dealership.address}/customers/${id}`);
    await expect(popup(page).getByRole('blockquote')).toContainText(
      'May The dealership write about your Focus?',
    );
    await expect(popup(page)).toContainText('On the phone? Choose By phone first');
    await page.keyboard.press('2');
    await expect(popup(page).getByRole('blockquote')).toContainText('May we ring again?');
    await box(page, 'SMS', 'General dealer marketing').check();
    await popup(page)
      .getByRole('button', { name: /^Save choices/ })
      .click();
    await expect(popup(page)).toContainText('We may now text');
    await page.goto(`${dealership.address}/settings/wordings`);
    await expect(page.getByRole('region', { name: 'Version 2' })).toContainText(
      'read out 1 time, by phone 1',
    );
  });
});

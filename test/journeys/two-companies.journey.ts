import { expect } from '@playwright/test';
import { addBranch, addLegalEntity } from '../../src/features/branches/service.ts';
import { givenCustomer } from '../support/customers.ts';
import { expectAccessible } from './support/accessibility.ts';
import { answer, box, leavePopUp, popup } from './support/counter.ts';
import { test } from './support/journey.ts';

test.describe('a group of two companies', () => {
  test('the pop-up says for whom one answers, and a yes to one company is none to its sister', async ({
    page,
    newInstallation: dealership,
  }) => {
    const legalEntityId = await addLegalEntity(dealership.context, 'Twofold Vans Ltd');
    await addBranch(dealership.context, { legalEntityId, code: 'VANS', name: 'Twofold Vans' });
    const id = await givenCustomer(dealership.context, { title: 'Mrs', surname: 'Twofold', branch: 'MAIN' });
    const { username, password } = await dealership.employs('Ada Viser', 'adviser');
    await page.request.post(`${dealership.address}/api/v1/session`, { data: { username, password } });
    const workAt = async (branch: string): Promise<void> => {
      const changed = await page.request.patch(`${dealership.address}/api/v1/session`, {
        data: { branch },
        headers: { 'sec-fetch-site': 'same-origin' },
      });
      expect(changed.status()).toBe(200);
      await page.goto(`${dealership.address}/customers/${id}`);
    };

    await workAt('VANS');
    await expect(popup(page)).toContainText('You are answering for Twofold Vans Ltd');
    await expect(popup(page).getByRole('blockquote')).toContainText('May we, Twofold Vans Ltd');
    await expectAccessible(page);
    await box(page, 'SMS', 'General dealer marketing').check();
    await page.keyboard.press('1');
    await popup(page)
      .getByRole('button', { name: /^Save choices/ })
      .click();
    await page.keyboard.press('Escape');
    await expect(answer(page, 'SMS', 'General dealer marketing')).toContainText('Consented');

    await workAt('MAIN');
    await expect(popup(page)).toContainText('You are answering for The dealership');
    await leavePopUp(page);
    await expect(answer(page, 'SMS', 'General dealer marketing')).toContainText('Not asked');
    await page.keyboard.press('r');
    const isSaid = page.waitForRequest((request) => request.url().endsWith('/permission-events'));
    await popup(page)
      .getByRole('button', { name: /^Declined to answer/ })
      .click();
    expect((await isSaid).postDataJSON()).toMatchObject({ outcome: 'declined_to_answer', branch: 'MAIN' });
    const panel = page.getByRole('region', { name: 'May we contact them?' });
    await expect(panel).toContainText('Answers for The dealership');
    await expect(panel).toContainText(
      'Given to Twofold Vans Ltd, and not to The dealership: General dealer marketing by SMS.',
    );
    await expectAccessible(page);
  });
});

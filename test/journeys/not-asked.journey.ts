import { expect } from '@playwright/test';
import { setPersonStatus } from '../../src/features/permissions/service.ts';
import { adviser, givenCustomer } from '../support/customers.ts';
import { expectAccessible } from './support/accessibility.ts';
import { answer, leavePopUp, popup } from './support/counter.ts';
import { test } from './support/journey.ts';

/** What is on a record, what the panel says of it, and how it stands in the history. */
const statuses = [
  ['deceased', 'We have been told this person has died.', /deceased/i],
  ['restricted', "Use of this person's data is on hold at their request.", /on hold|restrict/i],
  ['erased', 'This person asked us to erase their details.', /eras/i],
] as const;

test.describe('nobody is asked', () => {
  test.beforeEach(async ({ desk, dealership }) => {
    await desk.travelsTo('2026-11-23', '11:30:00');
    await desk.isSignedInAs(await dealership.employs('Amira Khan', 'adviser'));
  });

  for (const [status, sentence, history] of statuses) {
    test(`when the record says ${status}: the panel says why, and no key opens the question`, async ({
      page,
      dealership,
    }) => {
      const id = await givenCustomer(dealership.context, { title: 'Mr', surname: 'Pashley' });
      await setPersonStatus(dealership.context, id, status, true, adviser);
      await page.goto(`/customers/${id}?preferences=open`);
      const panel = page.getByRole('region', { name: 'May we contact them?' });
      await expect(panel).toContainText(sentence);
      await expect(panel).toContainText('Not to be asked');
      for (const channel of ['SMS', 'Letter', 'Telephone', 'Social media', 'Email']) {
        await expect(answer(page, channel, 'Service follow-up')).toContainText(/: No/);
      }
      await expect(page.getByRole('region', { name: 'What happened' })).toContainText(history);
      await expect(page.getByRole('button', { name: 'Review preferences' })).toHaveCount(0);
      await page.keyboard.press('r');
      await expect(popup(page)).toHaveCount(0);
      await expectAccessible(page);
    });
  }

  test('when they die while somebody asks: the question goes away, and the panel says why', async ({
    page,
    dealership,
  }) => {
    const id = await givenCustomer(dealership.context, { title: 'Mrs', surname: 'Lund' });
    await page.goto(`/customers/${id}`);
    await leavePopUp(page);
    await setPersonStatus(dealership.context, id, 'deceased', true, adviser);
    await page.getByRole('button', { name: 'Stop all marketing' }).click();
    await expect(page.getByRole('button', { name: 'Review preferences' })).toHaveCount(0);
    await expect(page.getByRole('region', { name: 'May we contact them?' })).toContainText(
      'We have been told this person has died.',
    );
  });
});

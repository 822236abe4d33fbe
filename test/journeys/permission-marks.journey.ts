import { expect } from '@playwright/test';
import { recordPermissionEvent, setPersonStatus } from '../../src/features/permissions/service.ts';
import { adviser, answers } from '../support/customers.ts';
import { givenAppointment, givenKeeper } from '../support/workshop.ts';
import { expectAccessible } from './support/accessibility.ts';
import { test } from './support/journey.ts';

test.describe('beside every number and address', () => {
  test.beforeEach(async ({ desk, dealership }) => {
    await desk.travelsTo('2026-11-23', '11:00:00');
    await desk.isSignedInAs(await dealership.employs('Amira Khan', 'adviser'));
  });

  test('stands whether it may be used, for what, and why, in lists and on the record alike', async ({
    page,
    dealership,
  }) => {
    const { context } = dealership;
    const contactPoints = [
      { kind: 'phone' as const, value: '07700 900941' },
      { kind: 'email' as const, value: 'marked@example.com' },
    ];
    const keeper = await givenKeeper(
      context,
      { registration: 'MK12 PLM' },
      { title: 'Mrs', forename: 'Una', surname: 'Markwell', contactPoints },
    );
    const held = await givenKeeper(
      context,
      { registration: 'MK13 PLM' },
      {
        title: 'Mr',
        forename: 'Abel',
        surname: 'Markwell',
        contactPoints: [{ kind: 'phone', value: '07700 900942' }],
      },
    );
    await recordPermissionEvent(
      context,
      keeper.customerId,
      answers('service_follow_up', [{ channel: 'sms' }, { channel: 'email', answer: 'not_given' }]),
      adviser,
    );
    await setPersonStatus(context, held.customerId, 'restricted', true, adviser);
    await givenAppointment(context, { ...keeper, arrivesOn: '2026-11-24', arrivalTime: '09:00' });
    await page.goto('/customers');
    await page.getByLabel('Who is it?').fill('markwell');
    const row = page.getByRole('row', { name: /Mrs Una Markwell/ });
    await expect(row).toContainText('07700 900941');
    await expect(row).toContainText('SMS service only');
    await expect(row).toContainText('Telephone no');
    await expect(row).toContainText('Email no');
    await expect(page.getByRole('row', { name: /Mr Abel Markwell/ })).toContainText(
      "No contact: Use of this person's data is on hold at their request.",
    );
    const mark = row.getByRole('button', { name: /May we use 07700 900941/ });
    await expect(mark).toHaveAccessibleDescription(/SMS, service: yes. The customer agreed to this/);
    await mark.focus();
    await expect(page.getByRole('tooltip')).toContainText(
      'SMS, marketing: no. The customer has never been asked',
    );
    await expectAccessible(page);
    await page.getByRole('combobox', { name: 'Find a customer' }).fill('markwell');
    await expect(page.getByRole('option', { name: /Una Markwell/ })).toContainText('SMS service only');
    await expectAccessible(page);
    await page.goto('/diary?on=2026-11-24');
    await expect(page.getByRole('button', { name: /May we use 07700 900941/ })).toContainText(
      'SMS service only',
    );
    await expectAccessible(page);
    await page.goto(`/customers/${keeper.customerId}`);
    const reached = page.getByRole('region', { name: 'How they are reached' });
    await expect(reached.getByRole('button', { name: /May we use 07700 900941/ })).toHaveText(
      /SMSService yesMarketing noTelephoneService noMarketing no/,
    );
    await expectAccessible(page);
    await page.goto(`/customers/${held.customerId}`);
    await expect(reached).toContainText('No contact');
  });
});

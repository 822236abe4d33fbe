import { expect } from '@playwright/test';
import { editCustomer, readCustomer } from '../../src/features/customers/service.ts';
import { givenCustomer } from '../support/customers.ts';
import { expectAccessible } from './support/accessibility.ts';
import { answer, expectEveryBoxUnticked, leavePopUp, popup } from './support/counter.ts';
import { test } from './support/journey.ts';

test.describe('customers', () => {
  test.beforeEach(async ({ desk, dealership }) => {
    await desk.travelsTo('2026-11-23', '11:30:00');
    await desk.isSignedInAs(await dealership.employs('Amira Khan', 'adviser'));
  });

  test('one who is not found is entered with what was typed, and the pop-up asks with every box unticked', async ({
    page,
  }) => {
    await page.goto('/customers');
    await page.getByLabel('Who is it?').fill('Mrs Ada Quillfeather');
    await expect(page.getByText('Nobody was found')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Enter this as a new customer' }).click();
    await expect(page.getByLabel('Surname')).toHaveValue('Quillfeather');
    await expect(page.getByLabel('Forename')).toHaveValue('Ada');
    expect(page.url()).toMatch(/\/customers\/new$/);
    await page.getByLabel('Mobile').fill('07700 900761');
    await page.getByLabel('Registration').fill('qf21 ada');
    await page.getByLabel('Make').fill('Ford');
    await page.getByLabel('MOT due').fill('2026-12-14');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Create the customer' }).click();
    await expect(popup(page)).toContainText('How may we keep in touch with Mrs Quillfeather?');
    await expectEveryBoxUnticked(page);
    await leavePopUp(page);
    await expect(page.getByText('MOT due 14 December')).toBeVisible();
    await expect(page).toHaveURL(/\/customers\/[0-9a-f-]{36}$/);
  });

  test('what cannot be read is said beside its field, in a sentence', async ({ page, desk }) => {
    desk.expectsRefusal(422);
    await page.goto('/customers/new');
    await page.getByLabel('Mobile').fill('12');
    await page.getByLabel('Surname').fill('Quarmby');
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('Mobile')).toHaveAccessibleDescription(/^[A-Z].*\.$/);
    await expect(page.getByLabel('Mobile')).toBeFocused();
    await expectAccessible(page);
  });

  test('a second record of the same person is warned of, side by side, before anything is saved', async ({
    page,
    dealership,
  }) => {
    const id = await givenCustomer(dealership.context, {
      title: 'Mrs',
      surname: 'Wainwright',
      contactPoints: [{ kind: 'phone', value: '07700 900762' }],
    });
    await page.goto('/customers/new');
    await page.getByLabel('Surname').fill('Wainwrite');
    await page.getByLabel('Mobile').fill('07700900762');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Is it one of these?' })).toBeVisible();
    await expect(page.getByRole('region', { name: /Mrs Wainwright/ })).toContainText('same telephone number');
    await expect(page.getByRole('region', { name: /Wainwrite, as you typed it/ })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Back to the form' }).click();
    await expect(page.getByLabel('Surname')).toHaveValue('Wainwrite');
    await expect(page.getByLabel('Title')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Is it one of these?' })).toBeVisible();
    await page.getByRole('link', { name: 'Open this one' }).click();
    await expect(page).toHaveURL(new RegExp(`/customers/${id}$`));
  });

  test('whoever is found is reached by the arrow keys, and the list is there on coming back', async ({
    page,
    dealership,
  }) => {
    for (const forename of ['Ann', 'Ben']) {
      await givenCustomer(dealership.context, { forename, surname: 'Thistlewood' });
    }
    await page.goto('/customers');
    await expect(page.getByLabel('Who is it?')).toBeFocused();
    await page.keyboard.type('thistlew');
    await expect(page.getByRole('link', { name: 'Ben Thistlewood' })).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('link', { name: 'Ben Thistlewood' })).toBeFocused();
    await page.keyboard.press('Enter');
    expect(page.url()).not.toContain('thistlew');
    await leavePopUp(page);
    await page.goBack();
    await expect(page.getByLabel('Who is it?')).toHaveValue('thistlew');
    await expect(page.getByRole('link', { name: 'Ann Thistlewood' })).toBeVisible();
  });

  test('an update asks for the preferences, and two who edit at once lose nothing', async ({
    page,
    desk,
    dealership,
  }) => {
    desk.expectsRefusal(412);
    const id = await givenCustomer(dealership.context, { title: 'Mrs', surname: 'Holroyd' });
    await page.goto(`/customers/${id}`);
    await leavePopUp(page);
    await page.keyboard.press('e');
    const dialog = page.getByRole('dialog', { name: 'Edit Mrs Holroyd' });
    await dialog.getByLabel('Forename').fill('Jane');
    await expectAccessible(page);
    const { version } = await readCustomer(dealership.context, id);
    await editCustomer(dealership.context, id, { surname: 'Holroyd-Smith' }, version);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByRole('alert')).toContainText('the surname is now “Holroyd-Smith”');
    await expect(dialog.getByLabel('Forename')).toHaveValue('Jane');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expectEveryBoxUnticked(page);
    const { forename, surname } = await readCustomer(dealership.context, id);
    expect({ forename, surname }).toEqual({ forename: 'Jane', surname: 'Holroyd-Smith' });
  });

  test('a vehicle that was sold is no longer theirs at one key, and back at one press', async ({
    page,
    desk,
    dealership,
  }) => {
    const id = await givenCustomer(dealership.context, {
      vehicles: [{ registration: 'VH12 CDE', make: 'Ford', model: 'Focus', motDueOn: '2026-11-01' }],
    });
    await page.goto(`/customers/${id}`);
    await leavePopUp(page);
    await expect(popup(page)).toHaveCount(0);
    const vehicles = page.getByRole('region', { name: 'Vehicles' });
    await expect(vehicles).toContainText('MOT overdue since 1 November');
    await page.keyboard.press('n');
    await expect(page.getByText('Ford Focus VH12 CDE is no longer theirs.')).toBeVisible();
    await expect(vehicles).toContainText('No longer theirs since today');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(vehicles).toContainText('MOT overdue since 1 November');
    await vehicles.getByRole('switch', { name: /No service contact about Ford Focus/ }).check();
    await expect(page.getByText('No reminders about Ford Focus VH12 CDE from this moment.')).toBeVisible();
    await expect(answer(page, 'SMS', 'Service follow-up')).toContainText('No');
    await expectAccessible(page);
    await desk.travelsTo('2026-11-23', '11:40:00');
    const hold = vehicles.getByRole('switch', { name: /No service contact about Ford Focus/ });
    await hold.click();
    const asking = page.getByRole('dialog', { name: 'Reminders about Ford Focus VH12 CDE again?' });
    await asking.getByRole('button', { name: 'They are welcome' }).click();
    await expect(asking).toContainText('Say how they told us.');
    await expectAccessible(page);
    await asking.getByText('By phone').click();
    await asking.getByRole('button', { name: 'They are welcome' }).click();
    await expect(page.getByText('are welcome again, where the boxes allow them.')).toBeVisible();
    await expect(hold).not.toBeChecked();
  });

  test('a number is added, marked as not reached and taken out of use', async ({ page, dealership }) => {
    const id = await givenCustomer(dealership.context, { contactPoints: [] });
    await page.goto(`/customers/${id}`);
    await leavePopUp(page);
    const reached = page.getByRole('region', { name: 'How they are reached' });
    await reached.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('dialog').getByLabel('Mobile or landline').fill('07700 900763');
    await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
    await leavePopUp(page);
    await reached.getByRole('button', { name: 'Change 07700 900763' }).click();
    await page.getByRole('menuitem', { name: 'What was sent came back' }).click();
    await expect(reached).toContainText('Came back undelivered');
    await reached.getByRole('button', { name: 'Change 07700 900763' }).click();
    await page.getByRole('menuitem', { name: 'Take it out of use…' }).click();
    await page.getByRole('button', { name: 'Take out of use' }).click();
    await expect(reached).toContainText('Nothing is recorded');
  });

  test('two records of one person become one, after saying what follows', async ({ page, dealership }) => {
    const id = await givenCustomer(dealership.context, { forename: 'Una', surname: 'Merridew' });
    const other = await givenCustomer(dealership.context, { forename: 'U', surname: 'Merridew' });
    await page.goto(`/customers/${id}`);
    await leavePopUp(page);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Merge with another record…' }).click();
    await page.getByLabel('The other record').fill('merridew');
    await page.getByRole('radio', { name: /^U Merridew/ }).check();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'See the two side by side' }).click();
    await expect(page.getByRole('region', { name: 'Who may be contacted' })).toBeVisible();
    await page.getByRole('button', { name: 'Merge the two' }).click();
    await expect(page.getByText(/of the same person became part of this one/)).toBeVisible();
    await page.goto(`/customers/${other}`);
    await page.getByRole('link', { name: 'Open the record that is used now' }).click();
    await expect(page).toHaveURL(new RegExp(`/customers/${id}$`));
  });
});

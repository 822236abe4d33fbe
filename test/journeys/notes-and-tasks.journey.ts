import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { createEnquiry } from '../../src/features/enquiries/service.ts';
import { adviser, givenCustomer } from '../support/customers.ts';
import { expectAccessible } from './support/accessibility.ts';
import type { Dealership } from './support/dealership.ts';
import { test } from './support/journey.ts';

async function customer(dealership: Dealership, surname: string): Promise<string> {
  return givenCustomer(dealership.context, { title: 'Mrs', surname });
}

async function openRecord(page: Page, id: string): Promise<void> {
  await openAt(page, `/customers/${id}`);
}

/** A screen of a customer, with the pop-up that a first look opens out of the way. */
async function openAt(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole('dialog').locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

const notes = (page: Page) => page.getByRole('region', { name: 'Notes' });
const tasks = (page: Page) => page.getByRole('region', { name: 'Tasks' });
const history = (page: Page) => page.getByRole('region', { name: 'What happened' });

test.describe('what staff remember and have to do', () => {
  test('a note is written by keyboard, edited with its earlier words kept, and removed by who answers for the data', async ({
    page,
    desk,
    dealership,
  }) => {
    const id = await customer(dealership, 'Notewell');
    await desk.isSignedInAs(await dealership.employs('Pru Vacy', 'privacy'));
    await openRecord(page, id);
    await page.keyboard.press('w');
    await page.keyboard.type('Wants a hybrid next time');
    await page.keyboard.press('Control+Enter');
    await expect(notes(page).getByRole('listitem')).toContainText('Wants a hybrid next time');
    await notes(page).getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('dialog').getByLabel('Note').fill('Wants an electric car next time');
    await expectAccessible(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await notes(page).getByRole('button', { name: 'Earlier versions' }).click();
    await expect(notes(page).getByRole('list', { name: 'Earlier versions' })).toContainText('hybrid');
    await expectAccessible(page);
    await notes(page).getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Remove the note' }).click();
    await expect(notes(page)).toContainText('removed by Pru Vacy');
    await history(page).getByLabel('Show').selectOption('Notes');
    await expect(history(page)).toContainText('A note, removed by Pru Vacy');
    await expect(history(page)).not.toContainText('linked');
  });

  test('a care note says what to do, warns of medical detail, and stands on the record, the enquiry and nowhere once ended', async ({
    page,
    desk,
    dealership,
  }) => {
    const id = await customer(dealership, 'Carewell');
    const enquiry = await createEnquiry(dealership.context, { source: 'phone', customer: id }, adviser);
    await desk.isSignedInAs(await dealership.employs('Ada Viser', 'adviser'));
    await openRecord(page, id);
    await notes(page).getByRole('button', { name: 'Add a care note' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Or in your own words').fill('Has dementia');
    await expect(dialog.getByRole('status')).toContainText('something about health');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Please speak slowly' }).click();
    await expect(dialog.getByRole('status')).toHaveCount(0);
    await dialog.getByRole('button', { name: 'Put it on top' }).click();
    const care = page.getByRole('list', { name: 'Care notes' });
    await expect(care).toContainText('Please speak slowly');
    await openAt(page, `/enquiries/${enquiry}`);
    await expect(care).toContainText('Please speak slowly');
    await care.getByRole('button', { name: 'End the care note: Please speak slowly' }).click();
    await expect(care).toHaveCount(0);
  });

  test('a task is added by keyboard, handed to a colleague, found on their Today among what is next on enquiries, and done', async ({
    page,
    desk,
    dealership,
  }) => {
    const id = await customer(dealership, 'Taskwell');
    const tom = await dealership.employs('Tom Taskman', 'sales');
    await desk.isSignedInAs(await dealership.employs('Ann Signer', 'adviser'));
    await openRecord(page, id);
    await page.keyboard.press('t');
    const dialog = page.getByRole('dialog', { name: 'New task about Mrs Taskwell' });
    await dialog.getByLabel('What is to be done').fill('Order the floor mats');
    await dialog.getByLabel('By', { exact: true }).fill('2026-11-20');
    await dialog.getByRole('combobox', { name: 'Whose task' }).click();
    await page.getByRole('option', { name: 'Tom Taskman' }).click();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Add the task' }).click();
    await expect(tasks(page)).toContainText('3 days overdue');
    await expect(history(page)).toContainText(
      'Task for Tom Taskman by 20 November 2026: Order the floor mats',
    );
    await page.goto('/');
    await expect(page.getByRole('region', { name: 'My tasks' })).toContainText('Nothing is waiting for you');

    await desk.isSignedInAs(tom);
    const staff = await dealership.context.database.db
      .selectFrom('staffUser')
      .select('id')
      .where('username', '=', tom.username)
      .executeTakeFirstOrThrow();
    await createEnquiry(
      dealership.context,
      {
        source: 'phone',
        customer: id,
        ownerId: staff.id,
        nextAction: { what: 'Send the brochure', on: '2026-11-24' },
      },
      adviser,
    );
    await page.goto('/');
    const mine = page.getByRole('region', { name: 'My tasks' });
    await expect(mine.getByRole('listitem')).toHaveText([
      /Order the floor mats.*3 days overdue.*Mrs Taskwell/,
      /Send the brochure.*due tomorrow.*next on the enquiry of Mrs Taskwell/,
    ]);
    await expectAccessible(page);
    await mine.getByRole('link', { name: 'All tasks' }).click();
    await page.getByRole('button', { name: 'Order the floor mats' }).focus();
    await page.keyboard.press('d');
    await expect(page.getByRole('heading', { name: 'Nothing is to be done' })).toBeVisible();
    await page.getByRole('link', { name: /^Done/ }).click();
    await expect(page.getByRole('checkbox', { name: 'Done: Order the floor mats' })).toBeChecked();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Order the floor mats' }).click();
    await expect(page.getByRole('dialog', { name: 'Task about Mrs Taskwell' })).toBeVisible();
  });
});

import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { fileWebLeads } from '../../src/features/enquiries/leads/jobs.ts';
import { receiveWebLead } from '../../src/features/enquiries/leads/service.ts';
import { createEnquiry, readEnquiry } from '../../src/features/enquiries/service.ts';
import { recordPermissionEvent } from '../../src/features/permissions/service.ts';
import { adviser, answers, givenCustomer } from '../support/customers.ts';
import { expectAccessible } from './support/accessibility.ts';
import { expectEveryBoxUnticked, leavePopUp } from './support/counter.ts';
import type { Dealership } from './support/dealership.ts';
import { test } from './support/journey.ts';

type Given = Partial<Parameters<typeof createEnquiry>[1]>;

/** An enquiry of a customer who was asked how to keep in touch this morning. */
async function enquiry(
  { context }: Dealership,
  surname: string,
  given: Given = {},
): Promise<{ id: string; customer: string }> {
  const customer = await givenCustomer(context, { title: 'Mrs', surname });
  const event = answers('general_marketing', [{ channel: 'sms', answer: 'not_given' }]);
  await recordPermissionEvent(context, customer, event, adviser);
  const id = await createEnquiry(
    context,
    { source: 'walk_in', customer, vehicleOfInterest: 'Ford Puma', ...given },
    adviser,
  );
  return { id, customer };
}

function column(page: Page, stage: string): Locator {
  return page.getByRole('region', { name: new RegExp(`^${stage}, `) });
}

test.describe('sales enquiries', () => {
  test.beforeEach(async ({ desk, dealership }) => {
    await desk.travelsTo('2026-11-23', '11:30:00');
    await desk.isSignedInAs(await dealership.employs('Sam Fielding', 'sales'));
  });

  test('an empty list says what it is for', async ({ page }) => {
    await page.goto('/enquiries');
    await expect(page.getByText('Nobody is waiting')).toBeVisible();
    await expectAccessible(page);
  });

  test('somebody who is not on file is entered with the enquiry, and the pop-up asks with every box unticked', async ({
    page,
  }) => {
    await page.goto('/enquiries');
    await page.getByRole('button', { name: 'New enquiry' }).waitFor();
    await page.keyboard.press('c');
    await page.getByLabel('Find the customer').fill('Thorne');
    await expect(page.getByText('Nobody was found')).toBeVisible();
    await page.getByRole('button', { name: 'Enter the enquiry' }).click();
    await expect(page.getByLabel('Find the customer')).toHaveAccessibleDescription(/enter somebody new/);
    await page.getByRole('button', { name: 'Somebody new' }).click();
    await page.getByLabel('Surname').fill('Thorne');
    await page.getByLabel('Mobile or landline').fill('07700 900771');
    await page.getByText('Phone', { exact: true }).click();
    await page.getByLabel('Vehicle of interest').fill('Ford Puma, automatic');
    await page.getByLabel('Budget in pounds').fill('about ten');
    await page.getByLabel('Next action').fill('Ring back with a price');
    await page.getByLabel('By', { exact: true }).fill('2026-11-24');
    await page.getByRole('button', { name: 'Enter the enquiry' }).click();
    await expect(page.getByLabel('Budget in pounds')).toHaveAccessibleDescription(/amount in pounds/);
    await expectAccessible(page);
    await page.getByLabel('Budget in pounds').fill('18,500');
    await page.keyboard.press('Enter');
    await expectEveryBoxUnticked(page);
    await leavePopUp(page);
    await expect(page.getByRole('region', { name: 'Where it stands' })).toContainText('due tomorrow');
    await expect(page.getByRole('region', { name: 'The enquiry', exact: true })).toContainText('£18,500');
    await expect(page.getByRole('region', { name: 'The enquiry', exact: true })).toContainText(
      'Sam Fielding',
    );
    await expectAccessible(page);
  });

  test('a second record of the same person is warned of, and the enquiry goes to the first one', async ({
    page,
    dealership,
  }) => {
    const id = await givenCustomer(dealership.context, {
      title: 'Mrs',
      surname: 'Averill',
      contactPoints: [{ kind: 'phone', value: '07700 900772' }],
    });
    await page.goto('/enquiries/new');
    await page.getByRole('button', { name: 'Somebody new' }).click();
    await page.getByLabel('Surname').fill('Averil');
    await page.getByLabel('Mobile or landline').fill('07700 900772');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Is it one of these?' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'It is Mrs Averill' }).click();
    await leavePopUp(page);
    await expect(page.getByRole('link', { name: 'Open their record' })).toHaveAttribute(
      'href',
      `/customers/${id}`,
    );
  });

  test('the record of a customer leads to a new enquiry of theirs', async ({ page, dealership }) => {
    const { customer } = await enquiry(dealership, 'Returning');
    await page.goto(`/customers/${customer}`);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'New sales enquiry' }).click();
    await expect(page.getByRole('region', { name: 'Who is asking' })).toContainText('Mrs Returning');
    await page.getByLabel('Vehicle of interest').fill('Ford Kuga');
    await page.getByRole('button', { name: 'Enter the enquiry' }).click();
    await expect(page.getByText(/^Wants Ford Kuga/)).toBeVisible();
  });

  test('what is overdue comes first, and is done with at one key', async ({ page, dealership }) => {
    await enquiry(dealership, 'Later', { nextAction: { what: 'Send the brochure', on: '2026-12-01' } });
    const late = await enquiry(dealership, 'Late', { nextAction: { what: 'Ring back', on: '2026-11-20' } });
    await page.goto('/enquiries?status=overdue');
    await expect(page.getByRole('row', { name: /Mrs Late/ })).toContainText('3 days overdue');
    await expect(page.getByRole('row', { name: /Mrs Later/ })).toHaveCount(0);
    await page.getByRole('link', { name: /^Open/ }).click();
    await expect(page.getByRole('row').nth(1)).toContainText('Mrs Late');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Mrs Late', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Mrs Late', level: 1 })).toBeVisible();
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog', { name: 'What is done next?' });
    await dialog.getByLabel('Next action').fill('Book a test drive');
    await dialog.getByLabel('By', { exact: true }).fill('2026-11-25');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('region', { name: 'Where it stands' })).toContainText('Book a test drive');
    const { nextAction, version } = await readEnquiry(dealership.context, late.id);
    expect({ nextAction, version }).toEqual({ nextAction: 'Book a test drive', version: 2 });
  });

  test('we may answer for as long as it is open, whatever was refused, and the screen says so', async ({
    page,
    dealership,
  }) => {
    const { id } = await enquiry(dealership, 'Refused');
    await page.goto(`/enquiries/${id}`);
    const answering = page.getByRole('region', { name: 'May we answer this enquiry?' });
    await expect(answering).toContainText('service message for as long as the enquiry is open');
    await expect(answering.getByRole('listitem').filter({ hasText: 'SMS' })).toContainText('Yes');
    await expect(page.getByRole('region', { name: 'May we contact them?' })).toContainText('Said no');
    await answering.getByLabel('Answered by').selectOption('Email');
    await answering.getByLabel('What you answered').fill('It is here: come and see it.');
    await answering.getByRole('button', { name: 'Record the answer' }).click();
    await expect(answering).toContainText(/It is here: come and see it\.Email, .*today at 11:/);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Lost…' }).click();
    const dialog = page.getByRole('dialog', { name: /Why was the sale/ });
    await dialog.getByRole('button', { name: 'Mark as lost' }).click();
    await expect(dialog.getByLabel('Reason')).toHaveAccessibleDescription(/choose a reason/);
    await expectAccessible(page);
    await dialog.getByLabel('Reason').selectOption('Price');
    await dialog.getByRole('button', { name: 'Mark as lost' }).click();
    await expect(answering).toContainText('This enquiry has ended');
    await expect(answering.getByRole('listitem').filter({ hasText: 'SMS' })).toContainText('No');
    await expect(page.getByRole('region', { name: 'Where it stands' })).toContainText('Lost today: price');
    await expectAccessible(page);
  });

  test('all marketing is stopped at one press, and the enquiry may still be answered', async ({
    page,
    dealership,
  }) => {
    const { id } = await enquiry(dealership, 'Stopper');
    await page.goto(`/enquiries/${id}`);
    await page.getByRole('button', { name: 'Stop all marketing' }).click();
    await expect(page.getByText('All marketing was stopped.')).toBeVisible();
    const answering = page.getByRole('region', { name: 'May we answer this enquiry?' });
    await expect(answering.getByRole('listitem').filter({ hasText: 'SMS' })).toContainText('Yes');
    await page.getByLabel('New note').fill('Please ring only.');
    await page.getByRole('button', { name: 'Add the note' }).click();
    await expect(page.getByRole('region', { name: 'Notes' })).toContainText('Please ring only.');
  });

  test('a card goes to another stage by dragging and by the keyboard, and is sold with its vehicle', async ({
    page,
    dealership,
  }) => {
    const { id, customer } = await enquiry(dealership, 'Mover');
    await page.goto('/enquiries?view=board');
    const card = page.getByRole('listitem').filter({ hasText: 'Mrs Mover' });
    await expectAccessible(page);
    await card.dragTo(column(page, 'Contacted'));
    await expect(column(page, 'Contacted')).toContainText('Mrs Mover');
    await expect(page.getByRole('link', { name: 'Mrs Mover' })).toBeFocused();
    await page.keyboard.press('Shift+ArrowRight');
    await expect(column(page, 'Appointment')).toContainText('Mrs Mover');
    await expect(page.getByRole('link', { name: 'Mrs Mover' })).toBeFocused();
    await page.keyboard.press('Shift+ArrowLeft');
    await expect(column(page, 'Contacted')).toContainText('Mrs Mover');
    await page.getByRole('button', { name: 'Move Mrs Mover' }).click();
    await page.getByRole('menuitem', { name: 'Sold…' }).click();
    const dialog = page.getByRole('dialog', { name: 'What was sold to Mrs Mover?' });
    await dialog.getByLabel('Registration').fill('PM26 AAA');
    await dialog.getByLabel('Make').fill('Ford');
    await dialog.getByLabel('Model').fill('Puma');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await expect(column(page, 'Sold')).toContainText('Mrs Mover');
    expect((await readEnquiry(dealership.context, id)).stage).toBe('sold');
    await page.goto(`/customers/${customer}`);
    await expect(page.getByRole('region', { name: 'Vehicles' })).toContainText('PM26 AAA');
    await expect(page.getByText('Enquiry about Ford Puma: sold')).toBeVisible();
  });

  test('what came from the website says what became of each tick, and the privacy lead reads its wording once', async ({
    page,
    desk,
    dealership,
  }) => {
    const { context } = dealership;
    const customer = await givenCustomer(context, {
      forename: 'Wendy',
      surname: 'Webster',
      contactPoints: [{ kind: 'phone', value: '07700 900773' }],
    });
    const no = answers('general_marketing', [{ channel: 'sms', answer: 'not_given' }]);
    await recordPermissionEvent(context, customer, no, adviser);
    const id = await receiveWebLead(
      context,
      {
        source: 'web_form',
        visitor: { forename: 'Wendy', surname: 'Webster', phone: '07700 900773' },
        message: 'Is the red one still there?',
        wording: { text: 'May we, Holroyd Motors, text or phone you about our offers?' },
        ticks: [
          { channel: 'sms', category: 'general_marketing', ticked: true },
          { channel: 'telephone', category: 'general_marketing', ticked: true },
        ],
      },
      { kind: 'staff', id: 'website' },
    );
    await fileWebLeads(context);
    await page.goto(`/enquiries/${id}`);
    const website = page.getByRole('region', { name: 'What came from the website' });
    await expect(website).toContainText('found on file by the same telephone number');
    await expect(website).toContainText('Ticked, but a no stands');
    await expect(website).toContainText('nobody here has accepted yet');
    await expect(page.getByRole('region', { name: 'Notes' })).toContainText('Is the red one still there?');
    await expectAccessible(page);
    await desk.isSignedInAs(await dealership.employs('Priya Nair', 'privacy'));
    await page.goto('/');
    await page.getByRole('link', { name: '1 wording to be read' }).click();
    await expect(page.getByRole('heading', { name: 'Website wordings' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Accept' }).click();
    await expect(page.getByText('A yes may rest on these words now.')).toBeVisible();
    await page.goto(`/enquiries/${id}`);
    await expect(website).toContainText('recorded as a yes');
    await expect(website).toContainText('Ticked, but a no stands');
  });
});

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import type { NewCustomer } from '../../src/features/customers/contract.ts';
import { recordAct, recordPermissionEvent } from '../../src/features/permissions/service.ts';
import { adviser, answers, givenCustomer } from '../support/customers.ts';
import { expectAccessible } from './support/accessibility.ts';
import type { Dealership } from './support/dealership.ts';
import { test } from './support/journey.ts';

let numbers = 0;

/** A customer in a postcode district of their own, so that each journey counts its own people. */
async function living(
  { context }: Dealership,
  outcode: string,
  given: Partial<NewCustomer>,
): Promise<string> {
  numbers += 1;
  return givenCustomer(context, {
    contactPoints: [
      { kind: 'phone', value: `07700 9007${numbers.toString().padStart(2, '0')}` },
      {
        kind: 'postal',
        address: { line1: `${numbers} Mill Lane`, town: 'Lerwick', postcode: `${outcode} 0AA` },
      },
    ],
    vehicles: [{ vin: `WFJ${numbers.toString().padStart(14, '0')}`, make: 'Ford', model: 'Focus' }],
    ...given,
  });
}

async function markedBefore(
  { context }: Dealership,
  customerId: string,
  legacy: 'no_follow_up' | 'no_marketing',
): Promise<void> {
  const act = { kind: 'imported', legacy, assumed: true } as const;
  await recordAct(context, { customerId, act, actor: { kind: 'import', id: 'upgrade' } });
}

/** Said yes to texts, to reminders and offers alike. */
async function agrees({ context }: Dealership, customerId: string): Promise<void> {
  for (const category of ['service_follow_up', 'general_marketing'] as const) {
    await recordPermissionEvent(context, customerId, answers(category, [{ channel: 'sms' }]), adviser);
  }
}

/** By the keyboard alone: what it is, how it goes, and for whom. */
async function choose(page: Page, category: string, channel: string, outcode: string): Promise<void> {
  await page.getByRole('radio', { name: category }).press(' ');
  await page.getByRole('radio', { name: channel }).press(' ');
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('a');
  await page.keyboard.type('postcode district');
  await expect(page.getByRole('option', { name: 'Postcode district' })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Postcode district', exact: true }).fill(outcode);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText(`People in postcode district ${outcode}.`)).toBeVisible();
}

/** The figures as they stand on screen; what is above is always what is below together. */
async function figures(page: Page): Promise<Record<string, number>> {
  const rows = await page.getByRole('region', { name: 'How many' }).getByRole('row').all();
  const read: [string, number][] = [];
  for (const row of rows) {
    const words = (await row.getByRole('rowheader').allInnerTexts())[0];
    if (words !== undefined) read.push([words, Number(await row.getByRole('cell').first().innerText())]);
  }
  const all = read.pop()?.[1];
  expect(read.reduce((sum, [, people]) => sum + people, 0)).toBe(all);
  return Object.fromEntries(read);
}

/** Fetches what a button of the report leads to, as a person does. */
async function fetched(page: Page, name: string): Promise<Buffer> {
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name }).click();
  return readFile(await (await download).path());
}

function rowsOf(file: Buffer): Record<string, string>[] {
  return parse(file, { columns: true }) as Record<string, string>[];
}

async function makeList(page: Page, ...more: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'Export list' }).click();
  for (const column of more) await page.getByRole('checkbox', { name: column }).check();
  await page.getByRole('button', { name: 'Make the list' }).click();
  await expect(page.getByRole('dialog', { name: 'The list is made' })).toBeVisible();
}

test.describe('a mailshot', () => {
  test.beforeEach(async ({ desk, dealership }) => {
    // Whatever day it became at this dealership in another journey.
    await desk.travelsTo('2026-11-23', '11:00:00');
    await desk.isSignedInAs(await dealership.employs('Maya Okafor', 'marketing'));
  });

  test('a customer marked No Follow-Up receives no service marketing, one marked No Marketing neither service nor general', async ({
    page,
    dealership,
  }) => {
    test.slow();
    const willing = await living(dealership, 'ZE41', { surname: 'Sinclair', forename: 'Una' });
    await agrees(dealership, willing);
    const noFollowUp = await living(dealership, 'ZE41', { surname: 'Tulloch', forename: 'Erik' });
    await markedBefore(dealership, noFollowUp, 'no_follow_up');
    const noMarketing = await living(dealership, 'ZE41', { surname: 'Jamieson', forename: 'Ruby' });
    await markedBefore(dealership, noMarketing, 'no_marketing');

    await page.goto('/mailshots');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'New mailshot' }).click();
    await expect(page.getByText('Nothing is counted before both are chosen')).toBeVisible();
    await expectAccessible(page);
    await choose(page, 'Service follow-up', 'SMS', 'ZE41');
    expect(await figures(page)).toEqual({
      'May be contacted': 1,
      'Marked No Follow-Up before the upgrade': 1,
      'Marked No Marketing before the upgrade': 1,
    });
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Who: Marked No Follow-Up before the upgrade' }).click();
    await expect(page.getByRole('dialog').getByRole('link', { name: 'Erik Tulloch' })).toBeVisible();
    await expect(page.getByRole('dialog').getByText('LEGACY_NO_FOLLOW_UP')).toBeVisible();
    await expectAccessible(page);
    expect(decodeURIComponent(page.url())).not.toMatch(/Tulloch/i);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);

    await makeList(page, 'Name in full');
    expect(rowsOf(await fetched(page, 'Download the list')).map((row) => row['name'])).toEqual([
      'Una Sinclair',
    ]);
    await page.getByRole('button', { name: 'Close', exact: true }).last().click();

    await page.getByRole('radio', { name: 'General dealer marketing' }).press(' ');
    await expect(page.getByRole('rowheader', { name: 'Assumed, not enough for SMS' })).toBeVisible();
    expect(await figures(page)).toEqual({
      'May be contacted': 1,
      'Assumed, not enough for SMS': 1,
      'Marked No Marketing before the upgrade': 1,
    });
    await makeList(page, 'Name in full');
    expect(rowsOf(await fetched(page, 'Download the list')).map((row) => row['name'])).toEqual([
      'Una Sinclair',
    ]);
  });

  test('whoever says no between the count and the export drops out, and no cell runs as a formula', async ({
    page,
    dealership,
  }) => {
    const stays = await living(dealership, 'ZE42', { surname: '=HYPERLINK("https://example.com")' });
    const leaves = await living(dealership, 'ZE42', { surname: 'Halcrow', forename: 'Inga' });
    await agrees(dealership, stays);
    await agrees(dealership, leaves);
    await page.goto('/mailshots/new');
    await choose(page, 'General dealer marketing', 'SMS', 'ZE42');
    expect(await figures(page)).toEqual({ 'May be contacted': 2 });

    dealership.travelTo('2026-11-23T11:05:00Z');
    const stop = { kind: 'stop_all_marketing', givenBy: 'customer' } as const;
    await recordPermissionEvent(dealership.context, leaves, stop, adviser);
    await page.getByRole('heading', { level: 1 }).focus();
    await page.keyboard.press('e');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('checkbox', { checked: true })).toHaveCount(1);
    await dialog.getByRole('checkbox', { name: 'Name in full' }).check();
    await dialog.getByRole('checkbox', { name: 'Customer number' }).check();
    await dialog.getByRole('checkbox', { name: /everybody left out/ }).check();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Make the list' }).click();

    await expect(
      dialog.getByText('1 person dropped out since they were counted, and is not on the list'),
    ).toBeVisible();
    await expect(dialog.getByText('This person has told us to stop all marketing.')).toBeVisible();
    await expectAccessible(page);
    const list = await fetched(page, 'Download the list');
    await expect(dialog.getByText(createHash('sha256').update(list).digest('hex'))).toBeVisible();
    const rows = rowsOf(list);
    expect(rows.map((row) => row['name'])).toEqual(['\'=HYPERLINK("https://example.com")']);
    const leftOut = rowsOf(await fetched(page, 'Download who was left out'));
    expect(leftOut.map((row) => row['reasons'])).toEqual(['OBJECTION_ALL_MARKETING']);
  });

  test('it is kept under a name of its own, comes back as it was left, and can be removed', async ({
    page,
    desk,
  }) => {
    desk.expectsRefusal(409);
    await page.goto('/mailshots/new');
    await choose(page, 'Service follow-up', 'Letter', 'ZE43');
    await page.reload();
    await expect(page.getByText('People in postcode district ZE43.')).toBeVisible();
    for (const name of ['Winter health check', 'winter HEALTH check']) {
      await page.getByRole('heading', { level: 1 }).focus();
      await page.keyboard.press('s');
      await page.getByRole('textbox', { name: 'Name' }).fill(name);
      await page.keyboard.press('Enter');
      if (name !== 'Winter health check') break;
      await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
      expect(page.url()).not.toContain('ZE43');
      await page.goto('/mailshots/new?category=general_marketing&channel=sms');
      await expect(page.getByRole('rowheader', { name: 'May be contacted' })).toBeVisible();
    }
    await expect(page.getByRole('dialog').getByText('Another selection has this name')).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');

    await page.goto('/mailshots');
    await page.getByRole('link', { name: 'Winter health check' }).click();
    await page.getByRole('button', { name: 'Postcode district is ZE43', exact: true }).press('Delete');
    await expect(page.getByText('Everybody on file.')).toBeVisible();
    await expect(page.getByText(/changed here since/)).toBeVisible();
    await page.getByRole('heading', { level: 1 }).focus();
    await page.keyboard.press('s');
    await expect(page.getByText('“Winter health check” is saved.')).toBeVisible();

    await page.goto('/mailshots');
    await expect(page.getByText('Everybody on file')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Remove Winter health check' }).click();
    await expect(page.getByText('No mailshot is kept yet')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('link', { name: 'Winter health check' })).toBeVisible();
  });

  test('conditions are said in plain words, in groups where needed, and half a condition counts nobody out', async ({
    page,
    dealership,
  }) => {
    const customer = await living(dealership, 'ZE44', { surname: 'Isbister' });
    await agrees(dealership, customer);
    await page.goto('/mailshots/new');
    await choose(page, 'General dealer marketing', 'SMS', 'ZE44');
    await page.getByRole('button', { name: 'Add a group' }).click();
    const inGroup = page.getByRole('combobox', { name: 'Add a condition' }).first();
    await inGroup.fill('car brand');
    await expect(page.getByRole('option', { name: 'Make' })).toBeVisible();
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Make', exact: true }).fill('Kia');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Done' }).click();
    await inGroup.fill('miles');
    await expect(page.getByRole('option', { name: 'Mileage' })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByText('One condition is not finished, and not counted.')).toBeVisible();
    await expect(page.getByText('Nobody matches')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('combobox', { name: 'How Mileage is asked about' }).selectOption('is missing');
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByText(/with a Kia or a vehicle without a mileage\.$/)).toBeVisible();
    expect(await figures(page)).toEqual({ 'May be contacted': 1 });
    await page.getByRole('button', { name: 'Remove this group' }).click();
    await expect(page.getByText('People in postcode district ZE44.')).toBeVisible();
  });
});

test('making a list needs a role that includes it', async ({ page, dealership, desk }) => {
  await desk.isSignedInAs(await dealership.employs('Amira Khan', 'adviser'));
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Customers' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Mailshots' })).toHaveCount(0);
  await page.goto('/mailshots/new');
  await expect(page.getByText('Your role does not include this screen')).toBeVisible();
  const refused = await page.request.post('/api/v1/selections:export', {
    data: { selection: { channel: 'sms', category: 'general_marketing' }, columns: ['contact'] },
    headers: { origin: dealership.address },
  });
  expect(refused.status()).toBe(403);
  expect(await refused.json()).toMatchObject({ code: 'scope-missing' });
});

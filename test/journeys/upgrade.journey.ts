import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { runImport } from '../../src/features/imports/service.ts';
import { choosePolicy } from '../support/imports.ts';
import { expectAccessible } from './support/accessibility.ts';
import { answer, box, expectEveryBoxUnticked, popup } from './support/counter.ts';
import type { Dealership } from './support/dealership.ts';
import { test } from './support/journey.ts';

/** Of the old system: one marked neither way, one No Marketing, one No Follow-Up. */
const oldFile = [
  'customer_no,title,forename,surname,mobile,no_follow_up,no_marketing',
  'U-1,Mrs,Jane,Holroyd,07700 900101,N,N',
  'U-2,Mr,Paul,Whitaker,07700 900102,N,Y',
  'U-3,Ms,Ada,Bowen,07700 900103,Y,N',
  '',
].join('\n');

const otherLayout = ['Account No,Name,Mobile,OK to contact', '7,Jane Holroyd,07700 900101,Y', ''].join('\n');

async function signIn(page: Page, { address, employs }: Dealership): Promise<void> {
  const { username, password } = await employs('Priya Nair', 'privacy');
  const answer = await page.request.post(`${address}/api/v1/session`, { data: { username, password } });
  expect(answer.status()).toBe(201);
}

async function choose(page: Page, place: 'customer' | 'vehicle', name: string, text: string): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: `Choose the ${place} file` }).click();
  await (await choosing).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
}

/** Brings an old file in as the import does, on the assumption of the source document. */
async function takeOver(context: Dealership['context'], text: string): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'navigator-old-file-'));
  const customersFile = path.join(folder, 'customers.csv');
  await writeFile(customersFile, text);
  await choosePolicy(context, 'assume_legitimate_interest');
  await runImport(context, { customersFile }, { startedBy: 'journey' });
  await rm(folder, { recursive: true, force: true });
}

test.describe('the upgrade from Navigator 2.0', () => {
  test('old flags become permissions once a policy is chosen by name, and the import can be taken back', async ({
    page,
    newInstallation,
  }) => {
    const { address } = newInstallation;
    await signIn(page, newInstallation);
    await page.goto(`${address}/imports`);
    await expect(page.getByRole('heading', { name: 'Nothing was imported yet' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Import files' }).first().click();
    await choose(page, 'customer', 'customers.csv', oldFile);
    await expect(page.getByText('Recognised: the layout of Navigator 2.0.')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Go on' }).click();

    await test.step('both policies side by side, and no import before one is chosen', async () => {
      const general = page.getByRole('rowgroup').filter({ hasText: 'General dealer marketing' });
      await expect(general.getByRole('row', { name: 'SMS 0 2' })).toBeVisible();
      await page.getByRole('button', { name: 'Import 3 customers' }).click();
      await expect(page.getByRole('alert')).toContainText('Choose a policy first');
      await page.getByRole('radio', { name: 'Assumption' }).check();
      await expect(page.getByText('The regulator can fine up to £17.5 million')).toBeVisible();
      await page.getByRole('button', { name: 'Choose this policy' }).click();
      await expect(page.getByText('Give the full name of the person who accepts the warning.')).toBeVisible();
      await expectAccessible(page);
      await page.getByLabel('Full name of the person who accepts this').fill('Martin Price');
      await page.getByRole('button', { name: 'Choose this policy' }).click();
      await expect(page.getByRole('heading', { name: 'Choose a policy' })).toBeHidden();
    });
    await page.getByRole('button', { name: 'Import 3 customers' }).click();
    await expect(page.getByText('Finished')).toBeVisible();
    await expectAccessible(page);
    const report = page.url();

    await test.step('the record shows what each was marked', async () => {
      await page.goto(`${address}/customers/${encodeURIComponent('no:U-2')}`);
      await expect(page.getByText('marked No Marketing before the upgrade').first()).toBeAttached();
    });

    await test.step('who accepted the warning stands with the policy', async () => {
      await page.goto(`${address}/settings/policy`);
      await expect(page.getByText('The warning was accepted by Martin Price.')).toBeVisible();
      await expectAccessible(page);
    });

    await page.goto(report);
    await page.getByRole('button', { name: 'Take it back' }).click();
    await expect(page.getByRole('dialog')).toContainText('nothing is erased from the ledger');
    await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
    await expect(page.getByRole('heading', { name: '3 customers imported and taken back' })).toBeVisible();
    await expect(page.getByText('3 customers removed')).toBeVisible();
  });

  test('whoever was taken over is asked at first access, and again six months later to the day', async ({
    page,
    newInstallation,
  }) => {
    const { address, context, employs, travelTo } = newInstallation;
    const on = async (instant: string): Promise<void> => {
      // A page that is left open would ask on with a session that ends on the way.
      await page.goto('about:blank');
      travelTo(instant);
      await page.clock.setFixedTime(instant);
      const { username, password } = await employs('Amira Khan', 'adviser');
      await page.request.post(`${address}/api/v1/session`, { data: { username, password } });
    };
    await takeOver(context, oldFile);
    await on('2026-11-30T10:00:00Z');
    for (const [number, category, held] of [
      ['U-1', 'General dealer marketing', 'Assumed at upgrade'],
      ['U-2', 'General dealer marketing', 'Said no'],
      ['U-3', 'Service follow-up', 'Said no'],
    ] as const) {
      await page.goto(`${address}/customers/${encodeURIComponent(`no:${number}`)}`);
      await expectEveryBoxUnticked(page);
      await expect(popup(page)).toContainText('Never reviewed since the upgrade');
      await expect(popup(page).getByRole('row', { name: /^SMS/ })).toContainText(held);
      await page.keyboard.press('Escape');
      await expect(answer(page, 'SMS', category)).toContainText(held);
      await expect(answer(page, 'SMS', category)).not.toContainText('Consented');
    }

    await page.getByRole('button', { name: /^Review preferences/ }).click();
    await box(page, 'SMS', 'Service follow-up').check();
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await expect(popup(page)).toContainText('The next review is due 30 May 2027.');
    const third = `${address}/customers/${encodeURIComponent('no:U-3')}`;
    await on('2027-05-29T22:59:00Z');
    await page.goto(third);
    await expect(answer(page, 'SMS', 'Service follow-up')).toContainText('Consented');
    await expect(popup(page)).toHaveCount(0);
    await on('2027-05-29T23:00:00Z');
    await page.goto(third);
    await expectEveryBoxUnticked(page);
    await expect(popup(page)).toContainText('Review due today');
  });

  test('a file in another layout is read as somebody says who looked at it; what is no table is refused', async ({
    page,
    desk,
    newInstallation,
  }) => {
    await signIn(page, newInstallation);
    await page.goto(`${newInstallation.address}/imports/new`);
    await choose(page, 'customer', 'old.xlsx', 'PK');
    await expect(page.getByRole('alert')).toContainText('old.xlsx is a workbook: open it, save it as CSV');
    desk.expectsRefusal(422);
    await choose(page, 'customer', 'letter.csv', 'Dear all,\nhere it is\n');
    await expect(page.getByRole('alert')).toContainText('No column seems to hold the customer number');
    await choose(page, 'customer', 'people.csv', otherLayout);
    await expect(page.getByText('Another layout')).toBeVisible();
    await page.getByRole('button', { name: 'Go on' }).click();

    await expect(page.getByText('Jane Holroyd')).toBeVisible();
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect(page.getByRole('alert')).toContainText('Look at “Name”, and tick that you have.');
    await expectAccessible(page);
    for (const box of await page.getByRole('checkbox', { name: /I have looked at/ }).all()) await box.check();
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect(page.getByRole('button', { name: 'Import 1 customer' })).toBeVisible();

    await page.goto(`${newInstallation.address}/imports`);
    await expect(page.getByText('people.csv, prepared')).toBeVisible();
    await page.getByRole('link', { name: 'Go on with people.csv' }).click();
    await expect(page.getByText('Another layout')).toBeVisible();
  });
});

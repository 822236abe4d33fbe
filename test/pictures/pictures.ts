import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { generateCustomerFiles } from '../../seeds/generate.ts';
import { answer, box, leavePopUp, popup } from '../journeys/support/counter.ts';

/** One picture of the documentation: who looks at which screen, and what they did first. */
export interface Picture {
  readonly name: string;
  /** Null where nobody is signed in. */
  readonly username: string | null;
  readonly at: string;
  readonly width?: number;
  readonly height?: number;
  readonly colours?: 'light' | 'dark';
  readonly first?: (page: Page) => Promise<void>;
}

/** The customer whom the guide speaks of. */
const holroyd = '/customers/no:20418';
const telephone = { width: 390, height: 844 } as const;

export const pictures: readonly Picture[] = [
  { name: 'sign-in', username: null, at: '/sign-in', first: arrive },
  { name: 'today', username: 'amira', at: '/', first: arrive },
  { name: 'customers', username: 'amira', at: '/customers', first: search },
  { name: 'new-customer', username: 'amira', at: '/customers/new', height: 900, first: arrive },
  { name: 'record', username: 'amira', at: holroyd, height: 900, first: closePopUp },
  { name: 'record-notes', username: 'amira', at: holroyd, height: 1000, first: lookAtNotes },
  { name: 'tasks', username: 'amira', at: '/tasks', first: arrive },
  { name: 'record-dark', username: 'amira', at: holroyd, height: 900, colours: 'dark', first: closePopUp },
  { name: 'record-telephone', username: 'amira', at: holroyd, ...telephone, first: closePopUp },
  { name: 'side-by-side', username: 'amira', at: '/customers/duplicates', height: 1800, first: compare },
  { name: 'popup', username: 'amira', at: holroyd, height: 900, first: ask },
  { name: 'popup-telephone', username: 'amira', at: holroyd, ...telephone, first: ask },
  { name: 'why', username: 'amira', at: holroyd, height: 900, first: askWhy },
  { name: 'diary', username: 'amira', at: '/diary?view=week', height: 900, first: arrive },
  { name: 'booking', username: 'amira', at: '/appointments/new', height: 900, first: book },
  { name: 'enquiries-board', username: 'sam', at: '/enquiries?view=board', height: 900, first: arrive },
  { name: 'enquiry', username: 'sam', at: '/enquiries', height: 900, first: openEnquiry },
  { name: 'reviews', username: 'amira', at: '/reviews', first: arrive },
  { name: 'contact-manager', username: 'maya', at: '/contact-manager', height: 900, first: arrive },
  { name: 'mailshot', username: 'maya', at: '/mailshots/new', height: 900, first: chooseWho },
  { name: 'mailshots', username: 'maya', at: '/mailshots', first: arrive },
  { name: 'upgrade', username: 'priya', at: '/imports/new', height: 900, first: checkOldFile },
  { name: 'imports', username: 'priya', at: '/imports', first: arrive },
  { name: 'policy', username: 'priya', at: '/settings/policy', first: arrive },
  { name: 'wordings', username: 'priya', at: '/settings/wordings', first: arrive },
  { name: 'wording-draft', username: 'priya', at: '/settings/wordings', height: 1100, first: writeWording },
  { name: 'resets', username: 'priya', at: '/settings/resets', first: arrive },
  { name: 'staff', username: 'ruth', at: '/users', first: arrive },
];

async function arrive(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
}

async function writeWording(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Write a new version for/ })
    .first()
    .click();
  await page.getByRole('dialog').getByLabel('On the phone', { exact: true }).waitFor();
}

async function search(page: Page): Promise<void> {
  await page.getByLabel('Who is it?').fill('hol');
  await page
    .getByRole('main')
    .getByRole('link', { name: /Holroyd/ })
    .first()
    .waitFor();
}

/** It comes by itself where a review is due. */
async function closePopUp(page: Page): Promise<void> {
  await arrive(page);
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('Escape');
}

async function lookAtNotes(page: Page): Promise<void> {
  await closePopUp(page);
  await page.getByRole('region', { name: 'Notes' }).scrollIntoViewIfNeeded();
}

async function ask(page: Page): Promise<void> {
  await closePopUp(page);
  await page.keyboard.press('r');
  await popup(page).waitFor();
  for (const channel of ['Email', 'SMS']) await box(page, channel, 'Service follow-up').check();
}

async function compare(page: Page): Promise<void> {
  await page
    .getByRole('link', { name: /^Side by side/ })
    .first()
    .click();
  await page.getByRole('region', { name: 'Who may be contacted' }).waitFor();
}

async function askWhy(page: Page): Promise<void> {
  await closePopUp(page);
  await answer(page, 'Email', 'General dealer marketing').click();
  await page.getByRole('dialog').getByRole('table').waitFor();
}

async function book(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Who is it?' }).fill('07700 900142');
  await page.keyboard.press('Enter');
  await leavePopUp(page);
}

async function openEnquiry(page: Page): Promise<void> {
  await arrive(page);
  await page.getByRole('main').getByRole('table').getByRole('link').first().click();
  await page.getByRole('heading', { name: 'May we' }).or(popup(page)).first().waitFor();
  await closePopUp(page);
}

async function chooseWho(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Service follow-up' }).press(' ');
  await page.getByRole('radio', { name: 'SMS' }).press(' ');
  await page.getByRole('region', { name: 'How many' }).getByRole('row').first().waitFor();
}

/** A file of another dealer's old system, whose numbers are not taken here. */
async function oldFiles(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'navigator-old-files-'));
  const request = { customers: 1_200, seed: 11, folder, firstCustomerNumber: 700_001 };
  return (await generateCustomerFiles(request)).customersPath;
}

async function checkOldFile(page: Page): Promise<void> {
  const oldFile = await oldFiles();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose the customer file' }).click(),
  ]);
  await chooser.setFiles(oldFile);
  await page.getByText('Recognised: the layout of Navigator 2.0').waitFor();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('heading', { name: 'What each policy would permit' }).scrollIntoViewIfNeeded();
  await rm(path.dirname(oldFile), { recursive: true });
}

import { test as base } from '@playwright/test';
import { openScreens } from '../../../src/cli/screens.ts';
import type { AppOptions } from '../../../src/main.ts';
import { openTestServer } from '../../support/test-server.ts';
import type { Dealership, Person } from './dealership.ts';
import { openDealership } from './dealership.ts';
import { journeySettings } from './settings.ts';

/** Whoever sits at the screen. */
export interface Desk {
  /** Is signed in without the words: for journeys that are about something else. */
  isSignedInAs(person: Person): Promise<void>;
  /** Types username and password, and presses the button. */
  signsInAs(person: Pick<Person, 'username' | 'password'>): Promise<void>;
  /** The day goes on, at the desk and on the server. */
  travelsTo(day: string, time?: string): Promise<void>;
  /** The connection is gone, and back. */
  isConnected(connected: boolean): Promise<void>;
  /** A refusal is what this journey is about, so that the browser's note of it is no fault. */
  expectsRefusal(status: number): void;
}

interface ForEachWorker {
  readonly openAnother: (signIn?: AppOptions['signIn']) => Promise<Dealership>;
  /** The dealership of this worker; journeys share it as they would share a real one. */
  readonly dealership: Dealership;
}

interface ForEachJourney {
  /** An installation on which nobody has worked yet. */
  readonly newInstallation: Dealership;
  readonly desk: Desk;
  readonly refusals: Set<number>;
}

export const test = base.extend<ForEachJourney, ForEachWorker>({
  launchOptions: [async ({}, use) => use(journeySettings.get().browser), { scope: 'worker' }],
  openAnother: [
    async ({}, use) => {
      const server = await openTestServer(journeySettings.get().serverFolder);
      const screens = await openScreens();
      await use((signIn) => openDealership(server, screens, signIn));
      await server.close();
    },
    { scope: 'worker' },
  ],
  dealership: [
    async ({ openAnother }, use) => {
      const dealership = await openAnother();
      await use(dealership);
      await dealership.close();
    },
    { scope: 'worker' },
  ],
  newInstallation: async ({ openAnother, page }, use) => {
    const dealership = await openAnother();
    await use(dealership);
    // What a page that is still open asks of an installation that is taken down is refused.
    await page.goto('about:blank');
    await dealership.close();
  },
  baseURL: async ({ dealership }, use) => use(dealership.address),
  refusals: async ({}, use) => use(new Set()),
  page: async ({ page, dealership, refusals }, use) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      // Only a journey about a lost connection loses it.
      if (message.text().includes('net::ERR_INTERNET_DISCONNECTED')) return;
      // An installation that is taken down ends the streams of a page that is still open.
      if (message.location().url.endsWith('/preferences/changes')) return;
      const status = Number(/responded with a status of (\d+)/.exec(message.text())?.[1]);
      if (!refusals.has(status)) faults.push(`${message.text()} (${message.location().url})`);
    });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.clock.setFixedTime(dealership.context.clock.now().epochMilliseconds);
    await use(page);
    if (faults.length > 0) throw new Error(`The browser complained:\n${faults.join('\n')}`);
  },
  desk: async ({ page, dealership, refusals }, use) => {
    await use({
      isSignedInAs: async ({ username, password }) => {
        const answer = await page.request.post('/api/v1/session', { data: { username, password } });
        if (!answer.ok()) throw new Error(`Signing in was refused: ${await answer.text()}`);
      },
      signsInAs: async ({ username, password }) => {
        await page.getByLabel('Username').fill(username);
        await page.getByLabel('Password', { exact: true }).fill(password);
        await page.getByRole('button', { name: 'Sign in' }).click();
      },
      travelsTo: async (day, time = '10:00:00') => {
        const instant = `${day}T${time}Z`;
        dealership.travelTo(instant);
        await page.clock.setFixedTime(instant);
      },
      isConnected: (connected) => page.context().setOffline(!connected),
      expectsRefusal: (status) => {
        refusals.add(status);
      },
    });
  },
});

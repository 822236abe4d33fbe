import { defineConfig } from '@playwright/test';

/** Journeys: whole tasks of a person at a screen, in a real browser, on the whole application. */
export default defineConfig({
  testDir: 'test/journeys',
  testMatch: '**/*.journey.ts',
  globalSetup: './test/journeys/support/global-setup.ts',
  outputDir: 'dist/journeys',
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['./test/journeys/support/counting-reporter.ts']],
  use: { viewport: { width: 1280, height: 800 }, locale: 'en-GB', timezoneId: 'Europe/London' },
});

import type { LaunchOptions } from '@playwright/test';

/** What the run prepared once, for the processes that it starts. */
interface JourneySettings {
  readonly serverFolder: string;
  readonly browser: LaunchOptions;
}

const name = 'NAVIGATOR_JOURNEYS';

export const journeySettings = {
  set(settings: JourneySettings): void {
    process.env[name] = JSON.stringify(settings);
  },
  get(): JourneySettings {
    return JSON.parse(process.env[name] ?? '{}') as JourneySettings;
  },
};

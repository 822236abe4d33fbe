import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openScreens } from '../../../src/cli/screens.ts';
import { stopTestServer } from '../../support/test-server.ts';
import { prepareBrowser } from './browser.ts';
import { journeySettings } from './settings.ts';

/** Before the first journey: the screens built, the browser unpacked, and a place for the database server. */
export default async function setUpJourneys(): Promise<() => Promise<void>> {
  await openScreens();
  const browser = await prepareBrowser();
  const parent = await mkdtemp(path.join(tmpdir(), 'navigator-journeys-'));
  // why: when root runs the tests the server runs as another account, which must pass through here.
  await chmod(parent, 0o711);
  const serverFolder = path.join(parent, 'data');
  journeySettings.set({ serverFolder, browser });
  return async () => {
    await stopTestServer(serverFolder);
    await rm(parent, { recursive: true, force: true });
  };
}

import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { stopTestServer } from './test-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the test files keep the one database server they share. */
    testServerFolder: string;
  }
}

/**
 * Gives all test files one folder for the database server they share. The first file that needs the server
 * starts it, so a run of pure tests starts none; it is stopped and removed when the run ends.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const parent = await mkdtemp(path.join(tmpdir(), 'navigator-test-'));
  // why: when root runs the tests the server runs as another account, which must pass through here.
  await chmod(parent, 0o711);
  const folder = path.join(parent, 'data');
  project.provide('testServerFolder', folder);
  return async () => {
    await stopTestServer(folder);
    await rm(parent, { recursive: true, force: true });
  };
}

import { openEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { createLogger } from '../../src/platform/logger.ts';

/**
 * A Navigator that does nothing but hold its database: says "ready" when it has it, and stops it when its
 * standard input ends. Tests run it as a process of its own to kill it.
 */
const database = await openEmbeddedPostgres({
  dataFolder: process.argv[2] ?? '',
  logger: createLogger({ level: 'error' }),
  initialisation: ['--no-sync'],
});
process.stdout.write('ready\n');
process.stdin.resume();
process.stdin.once('end', () => {
  void database.stop().then(() => process.stdout.write('stopped\n'));
});

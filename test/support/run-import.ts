import { readConfig } from '../../src/config.ts';
import { runImport } from '../../src/features/imports/service.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import { openNavigator } from '../../src/services.ts';
import { choosePolicy } from './imports.ts';

/**
 * A Navigator that imports a customer file and a vehicle file. It says where its database lies ("database
 * FOLDER"), each batch when it is committed ("customers 2000"), and "done" with the outcome at the end. Tests
 * run it as a process of its own to kill it.
 */
const [customersFile = '', vehiclesFile = ''] = process.argv.slice(2);
const navigator = await openNavigator(readConfig(), silentLogger());
const owner = openDatabase(navigator.settings, { role: 'owner', logger: silentLogger() });
const shown = await owner.pool.query<{ folder: string }>(
  "select current_setting('data_directory') as folder",
);
await owner.close();
process.stdout.write(`database ${shown.rows[0]?.folder}\n`);
await choosePolicy(navigator.context);
const { outcome } = await runImport(
  navigator.context,
  { customersFile, vehiclesFile },
  {
    startedBy: 'test',
    onProgress: ({ phase, rows }) => process.stdout.write(`${phase} ${rows}\n`),
  },
);
await navigator.close();
process.stdout.write(`done ${outcome}\n`);

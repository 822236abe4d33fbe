import { readConfig } from '../../src/config.ts';
import { recordPermissionEvent } from '../../src/features/permissions/service.ts';
import { policyAt } from '../../src/features/settings/service.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import { openNavigator } from '../../src/services.ts';
import { adviser, givenCustomer, wording } from './customers.ts';

/**
 * A Navigator that records one permission event after the other, and says each only when it is acknowledged:
 * "ack <customer> <entry>". Tests run it as a process of its own to kill it, or its database.
 */
const [count = '1000', customers = '20'] = process.argv.slice(2);
const navigator = await openNavigator(readConfig(), silentLogger());
const { context } = navigator;
await policyAt(context);
const ids: string[] = [];
for (let index = 0; index < Number(customers); index += 1) ids.push(await givenCustomer(context));
process.stdout.write(`database ${JSON.stringify(navigator.settings)}\n`);

for (let index = 0; index < Number(count); index += 1) {
  const customer = ids[index % ids.length] ?? '';
  const recorded = await recordPermissionEvent(
    context,
    customer,
    {
      kind: 'record',
      cells: [
        {
          channel: 'sms',
          category: 'general_marketing',
          answer: index % 3 === 0 ? 'withdrawn' : 'granted',
          basis: 'consent',
        },
      ],
      review: true,
      previousSystem: false,
      method: 'in_person',
      wording,
      givenBy: 'staff',
      note: 'said at the desk',
    },
    adviser,
  );
  process.stdout.write(`ack ${customer} ${recorded.event.sequence}\n`);
}
await navigator.close();

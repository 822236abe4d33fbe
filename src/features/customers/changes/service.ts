import { ConflictError } from '../../../platform/application-error.ts';
import type { Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database.ts';
import { policyAt } from '../../settings/service.ts';
import { judgeAgain } from '../../standing/service.ts';
import { unknownCustomer } from '../profile.ts';
import type { CustomerRow } from '../store.ts';
import { advanceVersion, lockCustomer } from '../store.ts';

type Transaction = Parameters<typeof lockCustomer>[0];

/** One change of one customer: under their lock, as a new version, judged again before it is done. */
export async function changeCustomer<Result>(
  context: Context,
  customerId: string,
  work: (transaction: Transaction, customer: CustomerRow) => Promise<Result>,
  expectedVersion?: number,
): Promise<Result> {
  const policy = await policyAt(context);
  return inTransaction(context.database.db, async (transaction) => {
    const customer = await lockCustomer(transaction, customerId);
    if (customer === undefined) throw unknownCustomer();
    if (customer.mergedIntoId !== null) {
      throw new ConflictError('This record became part of another one: change that one.', {
        code: 'customer-merged',
      });
    }
    if (expectedVersion !== undefined && customer.version !== expectedVersion) {
      throw new ConflictError('Somebody else changed this customer meanwhile: read it again.', {
        code: 'version-changed',
      });
    }
    const result = await work(transaction, customer);
    await advanceVersion(transaction, customerId, nowOf(context));
    await judgeAgain(transaction, context, [customerId], policy);
    return result;
  });
}

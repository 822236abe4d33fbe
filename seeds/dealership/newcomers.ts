import { addDays, londonDateOf } from '../../src/domain/london.ts';
import type { NewCustomer } from '../../src/features/customers/contract.ts';
import { createCustomer } from '../../src/features/customers/service.ts';
import type { NewPermissionEvent } from '../../src/features/permissions/contract.ts';
import type { Actor, Context } from '../../src/platform/context.ts';
import type { Act } from './acts.ts';
import { existingCustomer, reviewed } from './acts.ts';
import { pickDay, pickMoment } from './calendar.ts';
import type { CustomerRecord, VehicleRecord } from './files.ts';
import type { Setting } from './stories.ts';
import { pickWish } from './stories.ts';

/** Somebody who came after the upgrade: nothing was ever assumed of them. */
export interface Newcomer {
  readonly at: number;
  readonly record: CustomerRecord;
  readonly vehicles: readonly VehicleRecord[];
}

/** When each of them came. */
export function newcomersOf(
  customers: readonly CustomerRecord[],
  vehicles: readonly VehicleRecord[],
  { calendar, chance }: Setting,
): Newcomer[] {
  const kept = Map.groupBy(vehicles, ({ customer_no }) => customer_no);
  const { upgradeOn, today } = calendar;
  return customers.map((record) => ({
    at: pickMoment(chance, pickDay(chance, addDays(upgradeOn, 1), addDays(today, -1))),
    record,
    vehicles: kept.get(record.customer_no) ?? [],
  }));
}

/** Half of them were asked when they came; of a buyer the existing-customer conditions are on record, too. */
export function storyOfNewcomer({ at, record, vehicles }: Newcomer, setting: Setting): Act[] {
  const { chance, dealerOf } = setting;
  const acts: Act[] = [];
  const add = (later: number, event: NewPermissionEvent): void => {
    acts.push({ at: later, customerNumber: record.customer_no, what: { kind: 'event', event } });
  };
  if (vehicles.length > 0 && chance.share(0.5)) {
    add(at + 1_000, existingCustomer(at, londonDateOf(at)));
  }
  if (chance.share(0.5)) {
    const asked = { at: at + 2_000, method: 'in_person', dealer: dealerOf(record.branch) } as const;
    add(asked.at, reviewed(asked, new Set(pickWish(chance))));
  }
  return acts;
}

/** Enters one at the counter, as staff do. */
export async function enter(context: Context, { record, vehicles }: Newcomer, actor: Actor): Promise<void> {
  const contactPoints: NewCustomer['contactPoints'] = [
    ...phones(record.mobile),
    ...(record.email.includes('@example') ? [{ kind: 'email', value: record.email } as const] : []),
    ...(record.address1 === '' || record.postcode === ''
      ? []
      : [
          {
            kind: 'postal',
            address: { line1: record.address1, town: record.town, postcode: record.postcode },
          } as const,
        ]),
  ];
  await createCustomer(
    context,
    {
      customerNumber: record.customer_no,
      kind: record.company === '' ? 'individual' : 'unknown',
      title: record.title || null,
      forename: record.forename || null,
      surname: record.surname || null,
      companyName: record.company || null,
      branch: record.branch,
      prospect: vehicles.length === 0,
      contactPoints,
      vehicles: vehicles.map(({ registration, make, model }) => ({ registration, make, model })),
      confirmDuplicate: true,
    },
    actor,
  );
}

function phones(mobile: string): { kind: 'phone'; value: string }[] {
  return mobile === '' ? [] : [{ kind: 'phone', value: mobile }];
}

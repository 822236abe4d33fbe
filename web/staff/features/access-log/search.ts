import type { AccessKind } from '../../../../src/features/access/log/contract.ts';

/** The kinds of look in the words of the screen, in the order of the choice. */
export const kindWords: Readonly<Record<AccessKind, string>> = {
  record: 'Opened one person',
  list: 'Listed several people',
  search: 'Searched',
  export: 'Took data out',
  change: 'Changed a record',
  import: 'Looked into old files',
  log: 'Looked at this log',
};

/** What is asked is in the address, so that it can be shared and gone back to. It holds ids and numbers, no names. */
export interface AccessSearch {
  readonly actor?: string;
  /** `no:` and the customer number, or an id. */
  readonly customer?: string;
  readonly kind?: AccessKind;
  readonly from?: string;
  readonly until?: string;
}

export function readAccessSearch(search: Readonly<Record<string, unknown>>): AccessSearch {
  const { actor, customer } = search;
  const kind = (Object.keys(kindWords) as AccessKind[]).find((each) => each === search['kind']);
  const from = dayOf(search['from']);
  const until = dayOf(search['until']);
  return {
    ...(isText(actor) ? { actor } : {}),
    ...(isText(customer) ? { customer } : {}),
    ...(kind === undefined ? {} : { kind }),
    ...(from === null ? {} : { from }),
    ...(until === null ? {} : { until }),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function dayOf(value: unknown): string | null {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : null;
}

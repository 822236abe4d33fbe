import type { ContactPoint } from './customer.ts';

export const contactKindWords: Readonly<Record<ContactPoint['kind'], string>> = {
  mobile: 'Mobile',
  landline: 'Landline',
  email: 'Email',
  postal: 'Address',
  social: 'Social media',
};

/** The number or address in one line. */
export function contactValue({ value, address }: ContactPoint): string {
  const lines = [
    address?.line1,
    address?.line2,
    address?.line3,
    address?.town,
    address?.county,
    address?.postcode,
  ].filter(Boolean);
  return lines.length === 0 ? value : lines.join(', ');
}

/** In the order in which the channels are on screen. */
const order: readonly ContactPoint['kind'][] = ['mobile', 'postal', 'landline', 'social', 'email'];

export function inScreenOrder(points: readonly ContactPoint[]): ContactPoint[] {
  return points.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

interface Flag {
  readonly words: string;
  readonly needsAttention: boolean;
}

/** What has to be known before it is used. */
export function flagsOf({ status, usable, shared }: ContactPoint): Flag[] {
  const statuses = {
    ok: [],
    bounced: [{ words: 'Came back undelivered: ask for another', needsAttention: true }],
    unverified: [{ words: 'Not confirmed by the customer: carries no marketing yet', needsAttention: true }],
  } as const;
  return [
    ...(usable
      ? statuses[status]
      : [{ words: 'Kept as it was given: it cannot be read', needsAttention: true }]),
    ...(shared ? [{ words: 'Another customer has it, too', needsAttention: false }] : []),
  ];
}

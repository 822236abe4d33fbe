import type { ContactPointKind } from '../../domain/vocabulary.ts';
import type { createCustomer } from '../../features/customers/service.ts';

/** Numbers, addresses and vehicles of the made-up people of a file of cases: nobody's, and each one's own. */
type GivenPoints = NonNullable<Parameters<typeof createCustomer>[1]['contactPoints']>;
type GivenPoint = GivenPoints[number];

/** One of each kind, like nobody else's. Numbers are of the range that Ofcom keeps for drama. */
export function contactPointsAt(place: number): GivenPoint[] {
  return [
    { kind: 'phone', value: mobileAt(place) },
    { kind: 'email', value: `case-${place}@example.com` },
    { kind: 'postal', address: { line1: `${place + 1} Case Street`, town: 'Sheffield', postcode: 'S1 2HE' } },
    { kind: 'social', value: `case_${place}` },
  ];
}

export function anotherPoint(kind: ContactPointKind, customerId: string, index: number): GivenPoint {
  const mark = customerId.replaceAll('-', '').slice(-12);
  switch (kind) {
    case 'mobile':
    case 'landline':
      return { kind: 'phone', value: mobileAt(100_000 + (Number.parseInt(mark.slice(-5), 16) % 800_000)) };
    case 'email':
      return { kind: 'email', value: `moved-${mark}@example.com` };
    case 'postal':
      return { kind: 'postal', address: { line1: `${index + 1} ${mark} Road`, postcode: 'S2 4QA' } };
    case 'social':
      return { kind: 'social', value: `moved_${mark}` };
  }
}

/** Nobody's numbers: 07700 900xxx is kept for drama, and 071 has not been given to any network. */
function mobileAt(place: number): string {
  return place < 1_000
    ? `07700 900${place.toString().padStart(3, '0')}`
    : `07100 ${(place % 1_000_000).toString().padStart(6, '0')}`;
}

/** A made-up VIN: 17 characters without I, O and Q. */
export function vinOf(place: number): string {
  return `NAVCASE${place.toString().padStart(10, '0')}`.slice(0, 17).replaceAll(/[IOQ]/g, 'X');
}

import type { Channel } from '../../../../src/domain/vocabulary.ts';
import type { ExportColumn, GivenSelection } from '../../../../src/features/mailshots/contract.ts';

/** Which columns a list may carry, and the fewest that each way of contact needs (UK GDPR 5(1)(c)). */
interface OfferedColumn {
  readonly column: ExportColumn;
  readonly label: string;
}

const person: readonly OfferedColumn[] = [
  { column: 'customer_number', label: 'Customer number' },
  { column: 'name', label: 'Name in full' },
  { column: 'title', label: 'Title' },
  { column: 'forename', label: 'Forename' },
  { column: 'surname', label: 'Surname' },
  { column: 'company', label: 'Company' },
  { column: 'branch', label: 'Branch' },
];

const address: readonly OfferedColumn[] = [
  { column: 'address1', label: 'Address line 1' },
  { column: 'address2', label: 'Address line 2' },
  { column: 'address3', label: 'Address line 3' },
  { column: 'town', label: 'Town' },
  { column: 'county', label: 'County' },
  { column: 'postcode', label: 'Postcode' },
];

const vehicle: readonly OfferedColumn[] = [
  { column: 'registration', label: 'Registration' },
  { column: 'vin', label: 'VIN' },
  { column: 'make', label: 'Make' },
  { column: 'model', label: 'Model' },
  { column: 'first_registered_on', label: 'First registered' },
  { column: 'mot_due_on', label: 'MOT due' },
  { column: 'service_due_on', label: 'Service due' },
  { column: 'last_service_on', label: 'Last service' },
];

const contactLabels: Readonly<Record<Channel, string>> = {
  sms: 'Mobile number',
  letter: 'Address in one piece',
  live_call: 'Telephone number',
  automated_call: 'Telephone number',
  social_dm: 'Social media account',
  social_audience: 'What they are matched by',
  email: 'Email address',
};

export interface ColumnGroup {
  readonly label: string;
  readonly columns: readonly OfferedColumn[];
}

/** What can be chosen: the address only for letters, the vehicle only for messages about one. */
export function columnGroups(selection: GivenSelection): ColumnGroup[] {
  const contact: OfferedColumn = { column: 'contact', label: contactLabels[selection.channel] };
  const isLetter = selection.channel === 'letter';
  return [
    { label: 'How they are reached', columns: isLetter ? address : [contact] },
    { label: 'Who they are', columns: person },
    ...(isAboutVehicles(selection) ? [{ label: 'Their vehicle', columns: vehicle }] : []),
  ];
}

/** The fewest that do: the number or address, whom a letter or a caller greets, and which vehicle it is about. */
export function fewestColumns(selection: GivenSelection): ExportColumn[] {
  const { channel } = selection;
  const isGreeted = channel === 'letter' || channel === 'live_call';
  return [
    ...(isGreeted ? (['name'] as const) : []),
    ...(channel === 'letter' ? address.map(({ column }) => column) : (['contact'] as const)),
    ...(isAboutVehicles(selection) ? (['registration'] as const) : []),
  ];
}

/** In the order in which they are offered, whatever order they were ticked in. */
export function inOrder(selection: GivenSelection, chosen: ReadonlySet<string>): ExportColumn[] {
  return columnGroups(selection).flatMap(({ columns }) =>
    columns.map(({ column }) => column).filter((column) => chosen.has(column)),
  );
}

function isAboutVehicles({ category, recall, promotion }: GivenSelection): boolean {
  return category === 'service_follow_up' || (recall === true && promotion !== true);
}

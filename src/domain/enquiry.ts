/** A sales enquiry: where it came from, how far it has come, and how it ended. */
export const enquirySources = ['walk_in', 'phone', 'email', 'web', 'web_form'] as const;
export type EnquirySource = (typeof enquirySources)[number];

/** Those that staff choose; `web_form` comes in by the API, with the wording that the visitor saw. */
export const enteredSources = [
  'walk_in',
  'phone',
  'email',
  'web',
] as const satisfies readonly EnquirySource[];

/** In the order in which a sale comes about. */
export const enquiryStages = [
  'new',
  'contacted',
  'appointment',
  'test_drive',
  'quoted',
  'sold',
  'lost',
] as const;
export type EnquiryStage = (typeof enquiryStages)[number];

export const financeInterests = ['not_asked', 'yes', 'no'] as const;
export type FinanceInterest = (typeof financeInterests)[number];

export const lostReasons = [
  'bought_elsewhere',
  'price',
  'part_exchange_value',
  'finance',
  'vehicle_not_available',
  'changed_mind',
  'not_reached',
  'not_genuine',
  'other',
] as const;
export type LostReason = (typeof lostReasons)[number];

export const enquirySourceWords: Readonly<Record<EnquirySource, string>> = {
  walk_in: 'Walk-in',
  phone: 'Phone',
  email: 'Email',
  web: 'Website, entered by staff',
  web_form: 'Website form',
};

export const enquiryStageWords: Readonly<Record<EnquiryStage, string>> = {
  new: 'New',
  contacted: 'Contacted',
  appointment: 'Appointment',
  test_drive: 'Test drive',
  quoted: 'Quoted',
  sold: 'Sold',
  lost: 'Lost',
};

export const lostReasonWords: Readonly<Record<LostReason, string>> = {
  bought_elsewhere: 'Bought elsewhere',
  price: 'Price',
  part_exchange_value: 'Value of the part-exchange',
  finance: 'Finance not agreed',
  vehicle_not_available: 'Vehicle not available',
  changed_mind: 'Changed their mind',
  not_reached: 'Could not be reached',
  not_genuine: 'Not a genuine enquiry',
  other: 'Something else',
};

/** Open until it is sold or lost; an answer to the customer alone is a service message for as long. */
export function isOpenStage(stage: EnquiryStage): boolean {
  return stage !== 'sold' && stage !== 'lost';
}

/** What the customer wants, in a few words: the vehicle, or that nobody has noted one. */
export function enquirySubject(enquiry: {
  readonly vehicleOfInterest: string | null;
  readonly stockNumber: string | null;
}): string {
  const { vehicleOfInterest, stockNumber } = enquiry;
  if (stockNumber === null) return vehicleOfInterest ?? 'a vehicle';
  return vehicleOfInterest === null ? `stock ${stockNumber}` : `${vehicleOfInterest} (stock ${stockNumber})`;
}

/** The columns of the Navigator 2.0 layout; any other file is mapped onto them. */
export const customerFields = [
  'customer_no',
  'kind',
  'title',
  'forename',
  'surname',
  'company',
  'address1',
  'address2',
  'address3',
  'town',
  'county',
  'postcode',
  'home_phone',
  'work_phone',
  'mobile',
  'email',
  'branch',
  'no_follow_up',
  'no_marketing',
  'created_on',
  'last_contact_on',
] as const;
export type CustomerField = (typeof customerFields)[number];

export const vehicleFields = [
  'customer_no',
  'registration',
  'vin',
  'make',
  'model',
  'first_registered_on',
  'mot_due_on',
  'service_due_on',
  'last_service_on',
  'mileage',
  'sold_on',
] as const;
export type VehicleField = (typeof vehicleFields)[number];

export const importFileKinds = ['customers', 'vehicles'] as const;
export type ImportFileKind = (typeof importFileKinds)[number];

export type ImportField = CustomerField | VehicleField;

/** One row of a file as text by field. A field that the file does not have is absent; a blank one is ''. */
export type RowFields<Field extends string> = { readonly [Name in Field]?: string | undefined };

/** What is wrong with, or remarkable about, one value of one row. `original` is personal data: never log it. */
export interface RowRemark {
  readonly column: ImportField;
  readonly reason: string;
  readonly original: string;
  /** The row was read without this value. */
  readonly leftOut?: true;
}

/** What the date `03/04/2021` means. ISO dates and dates with the month in letters need no order. */
export const dateOrders = ['day_first', 'month_first'] as const;
export type DateOrder = (typeof dateOrders)[number];

export function fieldsOf(kind: ImportFileKind): readonly ImportField[] {
  return kind === 'customers' ? customerFields : vehicleFields;
}

/** The old data-protection flags: the only fields that several columns may feed, since each adds a no. */
export function isFlagField(field: ImportField): field is 'no_follow_up' | 'no_marketing' {
  return field === 'no_follow_up' || field === 'no_marketing';
}

/** Every field, absent. One shape for every row lets the runtime read millions of them twice as fast. */
export function blankFields(): { [Name in ImportField]: string | undefined } {
  return {
    customer_no: undefined,
    kind: undefined,
    title: undefined,
    forename: undefined,
    surname: undefined,
    company: undefined,
    address1: undefined,
    address2: undefined,
    address3: undefined,
    town: undefined,
    county: undefined,
    postcode: undefined,
    home_phone: undefined,
    work_phone: undefined,
    mobile: undefined,
    email: undefined,
    branch: undefined,
    no_follow_up: undefined,
    no_marketing: undefined,
    created_on: undefined,
    last_contact_on: undefined,
    registration: undefined,
    vin: undefined,
    make: undefined,
    model: undefined,
    first_registered_on: undefined,
    mot_due_on: undefined,
    service_due_on: undefined,
    last_service_on: undefined,
    mileage: undefined,
    sold_on: undefined,
  };
}

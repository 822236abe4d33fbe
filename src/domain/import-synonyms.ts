import { normaliseColumnName } from './column-name.ts';
import type { ImportField, ImportFileKind } from './import-fields.ts';
import { customerFields, vehicleFields } from './import-fields.ts';

export interface ColumnMeaning {
  /** The field that the header names, or null when it names none that we know. */
  readonly field: ImportField | null;
  /** Whether the header says that contact is refused, allowed or protected in some way. */
  readonly isRefusal: boolean;
  readonly invert: boolean;
  /** Why a person must look at it before anything is imported; null when the header is plain. */
  readonly doubt: string | null;
}

/** Other systems' names of our columns, normalised, with spaces between them. */
const synonyms: { readonly [Field in ImportField]?: string } = {
  customer_no: `
    customer_number customer_id customer_ref customer_reference customer_code cust_no
    cust_number cust_id cust_ref cust_code custno account_no account_number account_ref
    account_code acc_no client_no client_id contact_id record_no target_id magic_number`,
  kind: `
    customer_kind customer_type cust_type contact_type account_type private_or_business
    legal_form`,
  title: `
    salutation mr_mrs prefix name_title`,
  forename: `
    forenames first_name firstname given_name given_names christian_name fore_name initials
    first`,
  surname: `
    last_name lastname family_name sur_name second_name last`,
  company: `
    company_name business business_name organisation organization organisation_name firm
    trading_name trading_as employer`,
  address1: `
    address_1 address_line_1 address_line1 addr1 addr_1 add1 street street_address address
    house_and_street`,
  address2: `
    address_2 address_line_2 address_line2 addr2 addr_2 add2 locality district`,
  address3: `
    address_3 address_line_3 address_line3 addr3 addr_3 add3`,
  town: `
    town_city city post_town posttown address_4 address_line_4 addr4 address4`,
  county: `
    region address_5 address_line_5 addr5 address5`,
  postcode: `
    post_code postal_code zip zip_code pcode p_code`,
  home_phone: `
    home_telephone home_tel home_no home_number home phone telephone tel tel_no phone_no
    phone_number telephone_no telephone_number landline tel_home phone_home telephone_home
    phone1 phone_1 telephone1 telephone_1 tel1 tel_1 evening_phone contact_number contact_no`,
  work_phone: `
    work_telephone work_tel work_no work_number work business_phone business_telephone
    office_phone office_telephone tel_work phone_work telephone_work phone2 phone_2 telephone2
    telephone_2 tel2 tel_2 daytime_phone day_phone`,
  mobile: `
    mobile_phone mobile_no mobile_number mobile_telephone mobile_tel mob mob_no mob_tel cell
    cell_phone cellphone cellular tel_mobile phone_mobile telephone_mobile sms_number`,
  email: `
    e_mail email_address e_mail_address mail_address email_1 email1 home_email electronic_mail`,
  branch: `
    branch_code branch_name site site_code location dealership depot selling_branch`,
  no_follow_up: `
    no_followup nofollowup dpa_no_follow_up dpa_no_followup no_follow_up_flag
    no_service_follow_up no_service_followup no_service_reminders no_reminders
    no_service_contact do_not_follow_up nfu`,
  no_marketing: `
    nomarketing dpa_no_marketing no_marketing_flag no_marketing_contact marketing_opt_out
    marketing_optout opt_out_marketing opt_out optout opted_out do_not_mail do_not_market
    no_mailings no_mailshots no_mailshot no_mailing no_mail mailing_opt_out dpa_opt_out
    gdpr_opt_out unsubscribed unsubscribe`,
  created_on: `
    created created_date date_created creation_date create_date created_at date_added added_on
    entered_on date_entered customer_since record_created`,
  last_contact_on: `
    last_contact last_contact_date date_last_contact last_contacted last_contacted_on last_visit
    last_visit_date last_activity last_activity_date`,
  registration: `
    reg reg_no reg_number regno registration_no registration_number registration_mark vrm
    vehicle_reg vehicle_registration vehicle_reg_no number_plate numberplate plate licence_plate`,
  vin: `
    vin_no vin_number chassis chassis_no chassis_number vehicle_identification_number`,
  make: `
    vehicle_make manufacturer marque brand`,
  model: `
    vehicle_model model_description vehicle_description vehicle derivative model_name`,
  first_registered_on: `
    first_registered first_reg first_reg_date date_first_registered date_of_first_registration
    registration_date reg_date date_registered registered_on dofr`,
  mot_due_on: `
    mot mot_due mot_due_date mot_date mot_expiry mot_expiry_date mot_expires next_mot
    next_mot_date next_mot_due`,
  service_due_on: `
    service_due service_due_date next_service next_service_date next_service_due service_date`,
  last_service_on: `
    last_service last_service_date last_serviced date_last_service date_last_serviced
    last_serviced_on`,
  mileage: `
    miles odometer current_mileage last_mileage odo mileage_at_last_service recorded_mileage`,
  sold_on: `
    sold_date date_sold disposed_on disposal_date part_exchanged_on end_date`,
};

const fieldByName = {
  customers: namesOf(customerFields),
  vehicles: namesOf(vehicleFields),
} as const;

function namesOf(fields: readonly ImportField[]): ReadonlyMap<string, ImportField> {
  const names = new Map<string, ImportField>();
  for (const field of fields) {
    names.set(field, field);
    for (const name of (synonyms[field] ?? '').trim().split(/\s+/)) names.set(name, field);
  }
  names.delete('');
  return names;
}

const contactWords = alternatives(`
    marketing mail mailing mailings mailshot mailshots contact contacted follow_up followup sms text texts email
    emails e_mail phone call calls telephone post letter letters reminder reminders promotion promotions offers
    newsletter newsletters profiling dpa gdpr data_protection preference preferences communication
    communications survey surveys third_party consent consents permission permissions`);
const refusingWords = alternatives(`
    opt_out optout opted_out stop stopped suppress suppressed suppression unsubscribe unsubscribed refuse refused
    refuses decline declined object objected objection exclude excluded block blocked withdrawn restrict
    restricted`);
const allowingWords = alternatives(`
    allow allows allowed permit permits permitted permission consent consented consents opt_in optin opted_in
    subscribed accept accepts accepted agree agrees agreed contactable`);
/** Registers and habits that need no other word beside them. Their yes refuses. */
const refusals = 'do_not_contact|dnc|dnm|tps|ctps|mps';

const hasContactWord = new RegExp(`(^|_)(${contactWords})(_|$)`);
/** "no" refuses only before what it refuses: `phone_no_2` is a number. */
const hasRefusingWord = new RegExp(
  `(^|_)(not|dont|never|${refusingWords}|no_(service_)?(${contactWords}|${allowingWords}))(_|$)|^(${refusals})(_|$)`,
);
const hasAllowingWord = new RegExp(`(^|_)(${allowingWords}|ok|okay|may|can|happy|wants|include|yes)(_|$)`);
const standsAlone = new RegExp(
  `^(${refusals}|${refusingWords}|${allowingWords}|no_(${allowingWords})|dpa|gdpr|marketing|mailing|mailings|data_protection)(_flag|_status|_yn|_y_n)?$`,
);
/** A column about a refusal (when, by whom) is not itself one that Y or N answers. */
const endsAbout = /_(date|on|at|by|time|source|reason|user|version|wording|number|name|address|id)$/;
const concernsService = /(^|_)(service|servicing|follow_up|followup|reminders?|mot)(_|$)/;

function alternatives(words: string): string {
  return words.trim().split(/\s+/).join('|');
}

/** Whether a header has to do with contact at all, or with what a dealer contacts people about. */
export function speaksOfContact(header: string): boolean {
  const name = normaliseColumnName(header);
  return hasContactWord.test(name) || concernsService.test(name);
}

const unrecognised: ColumnMeaning = { field: null, isRefusal: false, invert: false, doubt: null };

/**
 * What a header says its column holds. A column about refusing or allowing contact is never taken at its
 * word when its sense is open: what it is to mean stays in doubt until a person has looked.
 */
export function columnMeaning(header: string, file: ImportFileKind): ColumnMeaning {
  const name = normaliseColumnName(header);
  const field = fieldByName[file].get(name);
  if (field !== undefined) {
    return {
      field,
      isRefusal: field === 'no_follow_up' || field === 'no_marketing',
      invert: false,
      doubt: null,
    };
  }
  if (fieldByName.customers.has(name) || fieldByName.vehicles.has(name)) return unrecognised;
  return refusalMeaning(name, file);
}

function refusalMeaning(name: string, file: ImportFileKind): ColumnMeaning {
  const isPair = hasContactWord.test(name) && (hasRefusingWord.test(name) || hasAllowingWord.test(name));
  if ((!isPair && !standsAlone.test(name)) || endsAbout.test(name)) return unrecognised;
  const field = file === 'vehicles' ? null : concernsService.test(name) ? 'no_follow_up' : 'no_marketing';
  const flag = { field, isRefusal: true } as const;
  if (hasRefusingWord.test(name)) {
    const doubt =
      'Yes seems to mean that contact is refused. Check that it does, and that it should refuse this whole kind of marketing, on every channel.';
    return { ...flag, invert: false, doubt };
  }
  if (hasAllowingWord.test(name)) {
    const doubt =
      'Yes seems to mean that contact is allowed, so the column is read the other way round: no, and blank, refuse. Check that this is its sense.';
    return { ...flag, invert: true, doubt };
  }
  const doubt =
    'It cannot be told whether yes means that contact is refused or allowed. Find out; if it means allowed, add "invert": true.';
  return { ...flag, invert: false, doubt };
}

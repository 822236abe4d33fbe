import { addDays, addMonths, londonInstant } from '../../src/domain/london.ts';
import type { Act } from './acts.ts';
import { answered, existingCustomer, reviewed, stoppedAll, withdrawn } from './acts.ts';
import type { Calendar } from './calendar.ts';
import { written } from './calendar.ts';
import type { CustomerRecord, DealershipRecords, VehicleRecord } from './files.ts';
import { dealer } from './organisation.ts';

/** People with names to look for: one for each state that a screen has to show. All of them are made up. */
const blankCustomer: Omit<CustomerRecord, 'customer_no' | 'surname'> = {
  kind: 'individual',
  title: '',
  forename: '',
  company: '',
  address1: '',
  address2: '',
  address3: '',
  town: 'Sheffield',
  county: 'South Yorkshire',
  postcode: '',
  home_phone: '',
  work_phone: '',
  mobile: '',
  email: '',
  branch: 'SHEF',
  no_follow_up: 'N',
  no_marketing: 'N',
  created_on: '',
  last_contact_on: '',
};

type Sketch = Pick<CustomerRecord, 'customer_no'> & Partial<CustomerRecord>;

const people: readonly Sketch[] = [
  {
    customer_no: '20418',
    title: 'Mrs',
    forename: 'Jane',
    surname: 'Holroyd',
    address1: '14 Bole Hill Lane',
    postcode: 'S10 1SD',
    mobile: '07700 900142',
    email: 'jane.holroyd@example.com',
    created_on: '12/03/2019',
  },
  {
    customer_no: '20419',
    title: 'Mr',
    forename: 'Tom',
    surname: 'Ibbotson',
    address1: '3 Fell View',
    postcode: 'S11 8TB',
    mobile: '07700 900143',
    email: 'tom.ibbotson@example.com',
    no_marketing: 'Y',
    created_on: '05/06/2015',
  },
  {
    customer_no: '20420',
    title: 'Ms',
    forename: 'Grace',
    surname: 'Oyelaran',
    address1: '8 Moor Lane',
    town: 'Rotherham',
    postcode: 'S60 2BQ',
    branch: 'ROTH',
    mobile: '07700 900144',
    email: 'grace.oyelaran@example.com',
    no_follow_up: 'Y',
    created_on: '21/10/2020',
  },
  {
    customer_no: '20421',
    kind: 'company',
    company: 'Wharncliffe Joinery Ltd',
    address1: '2 Wharf Road',
    town: 'Barnsley',
    postcode: 'S70 1AB',
    branch: 'BARN',
    work_phone: '01226 012345',
    email: 'office@wharncliffe-joinery.example.com',
    created_on: '14/02/2017',
  },
  {
    customer_no: '20422',
    title: 'Mr',
    forename: 'Ernest',
    surname: 'Pashley',
    address1: '27 Chapel Lane',
    postcode: 'S6 3AA',
    home_phone: '0114 496 0145',
    created_on: '09/01/1998',
  },
  {
    customer_no: '20423',
    title: 'Mrs',
    forename: 'Aneta',
    surname: 'Zielinska',
    address1: '5 Canal Street',
    town: 'Rotherham',
    postcode: 'S61 1AJ',
    branch: 'ROTH',
    mobile: '07700 900146',
    email: 'aneta.zielinska@example.com',
    created_on: '30/08/2018',
  },
  {
    customer_no: '20424',
    title: 'Mr',
    forename: 'Desmond',
    surname: 'Clegg',
    address1: '61 Hawthorn Road',
    town: 'Barnsley',
    postcode: 'S71 2LA',
    branch: 'BARN',
    mobile: '07700 900147',
    email: 'desmond.clegg@example.com',
    created_on: '17/05/2012',
  },
  {
    customer_no: '20425',
    title: 'Miss',
    forename: 'Safiya',
    surname: 'Rahman',
    address1: 'Flat 2, 40 Broadway',
    postcode: 'S2 4EG',
    mobile: '07700 900148',
    email: 'safiya.rahman@example.com',
    created_on: '11/11/2021',
  },
];

export function castRecords({ today, upgradeOn }: Calendar): DealershipRecords {
  const customers = people.map(
    (person): CustomerRecord => ({
      ...blankCustomer,
      surname: '',
      last_contact_on: written(addDays(upgradeOn, -20)),
      ...person,
    }),
  );
  const vehicle = (
    customer_no: string,
    registration: string,
    [make, model]: readonly [string, string],
    dates: Pick<VehicleRecord, 'first_registered_on' | 'mot_due_on' | 'mileage'>,
  ): VehicleRecord => ({
    customer_no,
    registration,
    vin: '',
    make,
    model,
    service_due_on: written(addMonths(today, 4)),
    last_service_on: written(addDays(upgradeOn, -20)),
    sold_on: '',
    ...dates,
  });
  const dates = {
    first_registered_on: '02/03/2017',
    mot_due_on: written(addDays(today, 40)),
    mileage: '31050',
  };
  const jane = {
    first_registered_on: '30/03/2012',
    mot_due_on: written(addDays(today, 21)),
    mileage: '48200',
  };
  return {
    customers,
    vehicles: [
      vehicle('20418', 'AB12 CDE', ['Ford', 'Focus'], jane),
      vehicle('20419', 'YP17 HKD', ['Vauxhall', 'Corsa'], dates),
      vehicle('20420', 'YS17 RNB', ['Nissan', 'Juke'], dates),
      vehicle('20421', 'YT17 WJL', ['Ford', 'Transit'], dates),
      vehicle('20422', 'YP17 EPY', ['Rover', '45'], dates),
      vehicle('20423', 'YR17 AZK', ['Toyota', 'Yaris'], dates),
      vehicle('20424', 'YS17 DCG', ['Ford', 'Fiesta'], dates),
      vehicle('20425', 'YT17 SRN', ['Kia', 'Picanto'], dates),
    ],
  };
}

/** What happened with them; the telephone of Mrs Holroyd has been on TPS since 2024. */
export function castActs({ today, upgradeOn, dueTodayOn }: Calendar): Act[] {
  const sinceUpgrade = londonInstant(addDays(upgradeOn, 3), '10:20');
  const asked = londonInstant(dueTodayOn, '09:40');
  const withdrew = londonInstant(addDays(today, -106), '20:15');
  const lately = londonInstant(addDays(today, -12), '11:05');
  const event = (customerNumber: string, at: number, happened: Parameters<typeof acted>[2]): Act =>
    acted(customerNumber, at, happened);
  const inPerson = (at: number, car: string) => ({ at, method: 'in_person', dealer, car }) as const;
  return [
    event('20418', sinceUpgrade, existingCustomer(sinceUpgrade, '2019-03-12')),
    event(
      '20418',
      asked,
      answered(inPerson(asked, 'Focus'), {
        'email:service_follow_up': 'granted',
        'email:general_marketing': 'granted',
        'live_call:service_follow_up': 'not_given',
        'live_call:general_marketing': 'not_given',
      }),
    ),
    event('20418', withdrew, withdrawn(withdrew, 'portal', ['email:general_marketing'])),
    event(
      '20419',
      lately,
      reviewed(inPerson(lately, 'Corsa'), new Set(['sms:service_follow_up', 'email:service_follow_up'])),
    ),
    { at: lately, customerNumber: '20422', what: { kind: 'status', status: 'deceased' } },
    event('20423', lately, stoppedAll(lately, 'phone')),
    { at: lately, customerNumber: '20424', what: { kind: 'bounced', contact: 'email' } },
    { at: lately + 60_000, customerNumber: '20424', what: { kind: 'vehicle_left' } },
    { at: lately, customerNumber: '20425', what: { kind: 'status', status: 'care_hold' } },
  ];
}

function acted(
  customerNumber: string,
  at: number,
  event: Extract<Act['what'], { kind: 'event' }>['event'],
): Act {
  return { at, customerNumber, what: { kind: 'event', event } };
}

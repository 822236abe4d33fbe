import { z } from 'zod';
import { givenDate } from '../../domain/given-time.ts';
import { contactPointKinds, customerKinds } from '../../domain/vocabulary.ts';

/** What screens, the API and the command line exchange about customers. Lengths are those of an import. */
const text = z.string().trim().max(200);
const name = text.min(1).nullable().optional();

const addressSchema = z
  .strictObject({
    line1: text.nullable().optional(),
    line2: text.nullable().optional(),
    line3: text.nullable().optional(),
    town: text.nullable().optional(),
    county: text.nullable().optional(),
    postcode: text.nullable().optional(),
  })
  .meta({ id: 'GivenAddress' });

export const givenContactPointSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('phone').describe('Whether it is a mobile or a landline, its digits say.'),
      value: z.string().min(1).max(60),
    }),
    z.strictObject({ kind: z.literal('email'), value: z.string().min(1).max(300) }),
    z.strictObject({ kind: z.literal('social'), value: z.string().min(1).max(200) }),
    z.strictObject({ kind: z.literal('postal'), address: addressSchema }),
  ])
  .meta({ id: 'GivenContactPoint' });

export const contactPointChangeSchema = z
  .strictObject({
    contactPoint: givenContactPointSchema,
    givenBy: z
      .enum(['customer', 'other'])
      .describe('Who gave it. What somebody else gave carries no marketing until it is confirmed.'),
    confirmed: z.boolean().default(false).describe('The customer has confirmed it.'),
  })
  .meta({ id: 'ContactPointChange' });
export type ContactPointChange = z.input<typeof contactPointChangeSchema>;

export const givenVehicleSchema = z
  .strictObject({
    registration: z.string().min(1).max(20).nullable().optional(),
    vin: z.string().min(1).max(40).nullable().optional(),
    make: name,
    model: name,
    firstRegisteredOn: givenDate.nullable().optional(),
    motDueOn: givenDate.nullable().optional(),
    serviceDueOn: givenDate.nullable().optional(),
    lastServiceOn: givenDate.nullable().optional(),
    mileage: z.int().min(0).max(2_000_000).nullable().optional(),
    fromOn: givenDate.nullable().optional().describe('Since when it is theirs.'),
    newKeeper: z
      .boolean()
      .optional()
      .describe('It changed hands: whoever had it until now has it no longer, from today.'),
  })
  .meta({ id: 'GivenVehicle' });

const profileFields = {
  kind: z.enum(customerKinds),
  title: name,
  forename: name,
  surname: name,
  companyName: name,
  birthOn: givenDate.nullable().optional(),
  branch: z
    .string()
    .min(1)
    .max(200)
    .describe('Code or name of the branch; may be left out where there is only one.'),
  prospect: z.boolean().describe('Has had no dealing with the dealer yet.'),
  createdOn: givenDate.nullable().optional(),
  lastContactOn: givenDate.nullable().optional(),
};

export const newCustomerSchema = z
  .strictObject({
    customerNumber: z
      .string()
      .trim()
      .min(1)
      .max(40)
      .optional()
      .describe('Made by the program when it is left out.'),
    ...profileFields,
    kind: profileFields.kind.default('individual'),
    branch: profileFields.branch.optional(),
    prospect: profileFields.prospect.default(false),
    contactPoints: z.array(givenContactPointSchema).max(20).default([]),
    vehicles: z.array(givenVehicleSchema).max(20).default([]),
    confirmDuplicate: z
      .boolean()
      .default(false)
      .describe('Goes on although other customers look like the same person.'),
  })
  .meta({ id: 'NewCustomer' });
export type NewCustomer = z.input<typeof newCustomerSchema>;

export const customerChangesSchema = z.strictObject(profileFields).partial().meta({ id: 'CustomerChanges' });
export type CustomerChanges = z.infer<typeof customerChangesSchema>;

const contactPointSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(contactPointKinds),
    value: z.string(),
    usable: z.boolean().describe('False for one that is kept as given because it cannot be read.'),
    address: z
      .object({
        line1: z.string().nullable(),
        line2: z.string().nullable(),
        line3: z.string().nullable(),
        town: z.string().nullable(),
        county: z.string().nullable(),
        postcode: z.string().nullable(),
      })
      .meta({ id: 'Address' })
      .nullable(),
    status: z.enum(['ok', 'bounced', 'unverified']),
    shared: z.boolean().describe('Another customer has the same number or address.'),
    inUseSince: z.iso.datetime(),
  })
  .meta({ id: 'ContactPoint' });

const customerVehicleSchema = z
  .object({
    vehicleId: z.uuid(),
    registration: z.string().nullable(),
    vin: z.string().nullable(),
    make: z.string().nullable(),
    model: z.string().nullable(),
    firstRegisteredOn: z.iso.date().nullable(),
    motDueOn: z.iso.date().nullable(),
    serviceDueOn: z.iso.date().nullable(),
    lastServiceOn: z.iso.date().nullable(),
    mileage: z.int().nullable(),
    fromOn: z.iso.date().nullable(),
    untilOn: z.iso.date().nullable().describe('The day on which it was no longer theirs.'),
  })
  .meta({ id: 'CustomerVehicle' });

export const customerSchema = z
  .object({
    id: z.uuid(),
    customerNumber: z.string(),
    kind: z.enum(customerKinds),
    title: z.string().nullable(),
    forename: z.string().nullable(),
    surname: z.string().nullable(),
    companyName: z.string().nullable(),
    birthOn: z.iso.date().nullable(),
    branch: z.string().describe('The code of the branch.'),
    prospect: z.boolean(),
    createdOn: z.iso.date().nullable(),
    lastContactOn: z.iso.date().nullable(),
    mergedIntoId: z.uuid().nullable().describe('The record that this one became part of.'),
    version: z.int().describe('Also the ETag.'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    contactPoints: z.array(contactPointSchema),
    vehicles: z.array(customerVehicleSchema),
  })
  .meta({ id: 'Customer' });

/** A customer by id, or by customer number. */
export const customerReference = z
  .string()
  .min(1)
  .max(120)
  .describe('The id of the customer, or `no:` and the customer number, such as `no:12345`.')
  .meta({ examples: ['no:12345'] });
export const customerParams = z.object({ id: customerReference });

export const customerSearchSchema = z
  .strictObject({
    text: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .describe('Whatever is known: name, company, phone, email, registration, postcode, customer number.'),
    limit: z.int().min(1).max(50).default(20),
  })
  .meta({ id: 'CustomerSearch', examples: [{ text: 'holroyd', limit: 20 }] });

export const customerHitSchema = z
  .object({
    customerId: z.uuid(),
    customerNumber: z.string(),
    kind: z.enum(customerKinds),
    title: z.string().nullable(),
    forename: z.string().nullable(),
    surname: z.string().nullable(),
    companyName: z.string().nullable(),
    branch: z.string(),
    postcode: z.string().nullable(),
    foundBy: z.array(z.enum(['name', 'phone', 'email', 'registration', 'postcode', 'customer_number'])),
  })
  .meta({ id: 'CustomerHit' });

export const duplicatesSchema = z
  .object({
    created: z.literal(false),
    duplicates: z.array(
      z
        .object({
          customerId: z.uuid(),
          customerNumber: z.string(),
          title: z.string().nullable(),
          forename: z.string().nullable(),
          surname: z.string().nullable(),
          companyName: z.string().nullable(),
          matchedOn: z.array(z.enum(['phone', 'email', 'vehicle', 'name_and_postcode'])),
        })
        .meta({ id: 'DuplicateCandidate' }),
    ),
  })
  .meta({ id: 'Duplicates' });

export const endKeepingSchema = z
  .strictObject({
    untilOn: givenDate.optional().describe('The day on which it left the customer; default today.'),
  })
  .meta({ id: 'VehicleNoLongerOwned', examples: [{ untilOn: '2026-11-01' }] });

import { z } from 'zod';
import { ambiguityReasons } from '../../domain/import-ambiguity.ts';
import { importFileKinds } from '../../domain/import-fields.ts';
import { importMappingSchema } from '../../domain/import-mapping.ts';
import { categories, channels, legacyFlags } from '../../domain/vocabulary.ts';

/** What the command line, the API and the database exchange about imports. */
const count = z.int().min(0);

/** The same for each of these names; written out, because a description of the API needs every name. */
function forEach<Name extends string, Value extends z.ZodType>(
  names: readonly Name[],
  value: Value,
): z.ZodObject<Record<Name, Value>> {
  return z.object(Object.fromEntries(names.map((name) => [name, value])) as Record<Name, Value>);
}

const ambiguousRecordSchema = z
  .object({
    file: z.enum(importFileKinds),
    line: count,
    customerNumber: z.string(),
    reason: z.enum(ambiguityReasons),
  })
  .meta({ id: 'AmbiguousRecord' });

export const importRemarkSchema = z
  .object({
    file: z.enum(importFileKinds),
    line: count.describe('The line on which the record begins; the header is line 1.'),
    column: z.string(),
    reason: z.string(),
    original: z.string().describe('The text as it stands in the file.'),
  })
  .meta({ id: 'ImportRemark' });
export type ImportRemark = z.infer<typeof importRemarkSchema>;

export const importTotalsSchema = z
  .object({
    customers: z.object({
      rows: count,
      created: count,
      alreadyHere: count.describe('Rows of customers who were on file: their details stay.'),
      repeated: count.describe('Further rows of a customer of this file.'),
      flagsAdded: count.describe('Customers on file to whom the file added a no.'),
      rejected: count,
    }),
    byFlag: forEach([...legacyFlags, 'not_said'], count),
    vehicles: z.object({
      rows: count,
      created: count,
      linked: count,
      alreadyLinked: count,
      rejected: count,
    }),
    warnings: z.record(z.string(), count).describe('How often each warning was given, by column and reason.'),
    firstWarnings: z.array(importRemarkSchema.omit({ original: true })),
    ambiguous: z.partialRecord(z.enum(ambiguityReasons), count),
    firstAmbiguous: z.array(ambiguousRecordSchema),
    rejectedWithNo: count
      .optional()
      .describe('Rejected rows that carried a no, which went to the customer of their number.'),
    branchesCreated: z.array(z.string()),
    sharedContactPoints: count.describe('Numbers and addresses that several customers have.'),
    reversal: z
      .object({
        removed: count.describe('Customers that the import had created and nobody touched since.'),
        kept: count.describe('Customers that the import had created and somebody touched since.'),
        corrected: count.describe('Ledger entries of the import that were made void.'),
        keptCustomerNumbers: z.array(z.string()),
      })
      .optional(),
  })
  .meta({ id: 'ImportTotals' });
export type ImportTotals = z.infer<typeof importTotalsSchema>;

const permittedTable = forEach(channels, forEach(categories, count));

export const importPlanSchema = z
  .object({
    totals: importTotalsSchema,
    firstRejects: z.array(importRemarkSchema),
    carriesOldFlags: z.boolean(),
    policyChosen: z.boolean().describe('An import with old flags needs a policy that somebody chose.'),
    alreadyImported: z.boolean().describe('The same files were imported before: nothing would change.'),
    permitted: z
      .object({
        customers: count.describe('The customers that the import would create, about whom this table is.'),
        withVehicle: count,
        pecr_strict: permittedTable,
        assume_legitimate_interest: permittedTable,
      })
      .describe('How many of the new customers each policy would permit, judged by the engine.'),
  })
  .meta({ id: 'ImportPlan' });
export type ImportPlan = z.infer<typeof importPlanSchema>;

/** An uploaded file with its mapping, for the API. */
export const importFilesSchema = z
  .strictObject({
    customersFile: z.uuid().describe('The id under which the customer file was uploaded.'),
    vehiclesFile: z.uuid().optional().describe('The id under which the vehicle file was uploaded.'),
    mappings: z
      .array(importMappingSchema)
      .max(2)
      .optional()
      .describe('For files that are not in the Navigator 2.0 layout; at most one for each file.'),
  })
  .superRefine(({ vehiclesFile, mappings = [] }, issues) => {
    for (const [index, { file }] of mappings.entries()) {
      const isSecond = mappings.findIndex((mapping) => mapping.file === file) !== index;
      const isOfNoFile = file === 'vehicles' && vehiclesFile === undefined;
      if (!isSecond && !isOfNoFile) continue;
      issues.addIssue({
        code: 'custom',
        path: ['mappings', index, 'file'],
        message: isSecond
          ? 'There are two mappings for this file: keep one of them.'
          : 'There is no vehicle file for this mapping: name it in vehiclesFile.',
      });
    }
  })
  .meta({ id: 'ImportFiles' });

export const keptFileSchema = z
  .object({
    fileId: z.uuid(),
    bytes: count,
    sha256: z.string().describe('Hexadecimal, to be compared with what was sent.'),
  })
  .meta({ id: 'KeptFile' });

export const mappingProposalSchema = z
  .object({
    mapping: importMappingSchema,
    recognised: z
      .boolean()
      .describe('The layout of Navigator 2.0, for which no mapping has to be sent or checked.'),
    samples: z
      .array(z.object({ column: z.string(), values: z.array(z.string()) }))
      .describe('The first different values of every column, to check the mapping by. Personal data.'),
    notes: z.array(z.string()).describe('What a person should look at before importing with it.'),
  })
  .meta({ id: 'MappingProposal' });

export const importSchema = z
  .object({
    importId: z.uuid(),
    status: z.enum(['running', 'finished', 'reversing', 'reversed']),
    atWork: z
      .boolean()
      .describe(
        'False while running or reversing: it was interrupted. Start or reverse it again, and it goes on.',
      ),
    carriesOldFlags: z.boolean(),
    policyVersion: z.int().describe('The policy under which the old flags were read.'),
    totals: importTotalsSchema.describe('What is committed so far.'),
    startedBy: z.string().describe('The id of the API key or member of staff.'),
    startedByName: z.string(),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    reversedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Import' });

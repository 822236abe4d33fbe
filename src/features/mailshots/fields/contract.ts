import { z } from 'zod';
import { selectionFieldNames, selectionOperators } from '../../../domain/selection-fields.ts';

/** What a builder of criteria offers: every field, how it can be asked about, and the choices there are. */
const selectionFieldSchema = z
  .object({
    field: z.enum(selectionFieldNames),
    label: z.string().describe('In plain words, such as "MOT due".'),
    about: z.enum(['person', 'vehicle']).describe('The person, or a vehicle they keep.'),
    type: z.enum(['text', 'choice', 'date', 'number', 'yes_or_no']),
    unit: z.string().nullable().describe('Of a number, such as "miles".'),
    operators: z.array(
      z
        .object({
          operator: z.enum(selectionOperators),
          label: z.string().describe('In plain words, such as "in the next … days".'),
          value: z
            .enum(['text', 'texts', 'date', 'dates', 'number', 'numbers', 'days', 'yes_or_no'])
            .describe('What it takes; dates and numbers are a first and a last one.'),
        })
        .meta({ id: 'SelectionFieldOperator' }),
    ),
    choices: z
      .array(
        z
          .object({
            value: z.string().describe('As a condition writes it.'),
            label: z.string(),
            make: z.string().nullable().describe('Of a model: whose it is.'),
          })
          .meta({ id: 'SelectionFieldChoice' }),
      )
      .nullable()
      .describe('What is on file, or all there is; null: anything can be written.'),
    example: z.string().nullable().describe('What a text looks like, where it has a form.'),
  })
  .meta({ id: 'SelectionField' });

export const selectionFieldsSchema = z
  .object({ fields: z.array(selectionFieldSchema) })
  .meta({ id: 'SelectionFields' });

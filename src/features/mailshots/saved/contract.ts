import { z } from 'zod';
import { nextCursorSchema, pageQuery } from '../../../platform/http-paging.ts';
import { selectionSchema } from '../contract.ts';

/** What screens, the API and the command line exchange about selections that are kept under a name. */
const name = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .describe('Each name once, in any case. Not the place for personal data.');

export const newSavedSelectionSchema = z
  .strictObject({ name, selection: selectionSchema })
  .meta({ id: 'NewSavedSelection' });
export type NewSavedSelection = z.infer<typeof newSavedSelectionSchema>;

export const savedSelectionChangesSchema = z
  .strictObject({ name, selection: selectionSchema })
  .partial()
  .meta({ id: 'SavedSelectionChanges' });
export type SavedSelectionChanges = z.infer<typeof savedSelectionChangesSchema>;

export const savedSelectionSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    selection: selectionSchema.describe('Ready for selections:count, :list and :export.'),
    plainEnglish: z.string().describe('The criteria read back.'),
    createdBy: z.string().describe('The id of the API key or member of staff.'),
    createdAt: z.iso.datetime(),
    changedBy: z.string(),
    changedAt: z.iso.datetime(),
    version: z.int().describe('Also the ETag.'),
  })
  .meta({ id: 'SavedSelection' });

export const savedSelectionPageSchema = z
  .object({ savedSelections: z.array(savedSelectionSchema), nextCursor: nextCursorSchema })
  .meta({ id: 'SavedSelectionPage' });

export const savedSelectionParams = z.object({ id: z.uuid().describe('The id of the saved selection.') });
export const savedSelectionQuery = z.object(pageQuery);

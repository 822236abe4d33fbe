import type { z } from 'zod';
import type {
  duplicateGrounds,
  duplicatePageSchema,
} from '../../../../src/features/customers/duplicates/contract.ts';

/** What two records have in common, in words. */
export type DuplicatePage = z.infer<typeof duplicatePageSchema>;
export type DuplicatePair = DuplicatePage['duplicates'][number];
export type DuplicateGround = (typeof duplicateGrounds)[number];

export const groundWords: Readonly<Record<DuplicateGround, string>> = {
  name_and_birth_date: 'Same name and date of birth',
  name_and_postcode: 'Same name and postcode',
  mobile: 'Same mobile',
  landline: 'Same landline',
  email: 'Same email address',
  vehicle: 'Same vehicle at the same time',
};

export function groundSentence({ ground, weak }: DuplicatePair['grounds'][number]): string {
  return weak ? `${groundWords[ground]}, which a family or company may share` : groundWords[ground];
}

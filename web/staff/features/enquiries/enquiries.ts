import type { QueryClient } from '@tanstack/react-query';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { EnquiryStage } from '../../../../src/domain/enquiry.ts';
import { enquiryStageWords } from '../../../../src/domain/enquiry.ts';
import type {
  EnquiryChanges,
  enquirySchema,
  enquirySummarySchema,
} from '../../../../src/features/enquiries/contract.ts';
import type {
  enquiryBoardSchema,
  enquiryPageSchema,
} from '../../../../src/features/enquiries/listing/contract.ts';
import type { ownersSchema } from '../../../../src/features/enquiries/owners/contract.ts';
import { ask, read } from '../../shared/api.ts';

/** Sales enquiries, and how they are read and changed. */
export type Enquiry = z.infer<typeof enquirySchema>;
export type EnquirySummary = z.infer<typeof enquirySummarySchema>;
export type EnquiryPage = z.infer<typeof enquiryPageSchema>;
export type EnquiryBoard = z.infer<typeof enquiryBoardSchema>;

export function enquiryQuery(id: string) {
  return queryOptions({
    queryKey: ['/enquiries', id],
    queryFn: ({ signal }) => read<Enquiry>(`/enquiries/${id}`, { signal }),
  });
}

export interface Filters {
  /** Null: every branch. */
  readonly branch: string | null;
  readonly owner: string | null;
}

export function boardQuery(filters: Filters) {
  return queryOptions({
    queryKey: ['/enquiries', 'board', filters],
    queryFn: ({ signal }) => read<EnquiryBoard>('/enquiry-board', { query: { ...filters }, signal }),
  });
}

export const ownersQuery = queryOptions({
  queryKey: ['/enquiry-owners'],
  queryFn: async ({ signal }) =>
    (await read<z.infer<typeof ownersSchema>>('/enquiry-owners', { signal })).owners,
  staleTime: 300_000,
});

/** Changes an enquiry as it was read; whatever shows enquiries or the customer reads again. */
export async function changeEnquiry(
  queries: QueryClient,
  enquiry: Pick<EnquirySummary, 'id' | 'customerId' | 'version'>,
  changes: EnquiryChanges,
): Promise<Enquiry> {
  try {
    const { body } = await ask<Enquiry>(`/enquiries/${enquiry.id}`, {
      method: 'PATCH',
      body: changes,
      ifMatch: `"${enquiry.version}"`,
    });
    return body;
  } finally {
    await enquiriesChanged(queries, enquiry.customerId);
  }
}

export async function enquiriesChanged(queries: QueryClient, customerId: string): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['/enquiries'] }),
    queries.invalidateQueries({ queryKey: ['/customers', customerId] }),
  ]);
}

/** "Mrs Holroyd is at Quoted now." */
export function movedWords(displayName: string, stage: EnquiryStage): string {
  if (stage === 'lost') return `The enquiry of ${displayName} is lost.`;
  if (stage === 'sold') return `Sold to ${displayName}.`;
  return `${displayName} is at ${enquiryStageWords[stage]} now.`;
}

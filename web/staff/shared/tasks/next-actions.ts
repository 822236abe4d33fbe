import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { enquiryPageSchema } from '../../../../src/features/enquiries/listing/contract.ts';
import { read } from '../api.ts';

/** What is done next about enquiries, of one owner or about one customer; what is overdue first. */
export function nextActionsQuery(of: { readonly owner?: string; readonly customer?: string }, limit: number) {
  return queryOptions({
    // why: below the key of the enquiries, so that whatever changes one brings this up to date.
    queryKey: ['/enquiries', 'next actions', of, limit],
    queryFn: async ({ signal }) => {
      const page = await read<z.infer<typeof enquiryPageSchema>>('/enquiries', {
        query: { ...of, limit },
        signal,
      });
      return page.enquiries.filter(({ nextAction }) => nextAction !== null);
    },
  });
}

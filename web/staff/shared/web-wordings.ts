import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { webWordingListSchema } from '../../../src/features/enquiries/leads/contract.ts';
import { read } from './api.ts';

/** What websites showed beside their boxes; those nobody has judged yet first. */
export type WebWording = z.infer<typeof webWordingListSchema>['wordings'][number];

export const webWordingsQuery = queryOptions({
  queryKey: ['/web-wordings'],
  queryFn: async ({ signal }) =>
    (await read<z.infer<typeof webWordingListSchema>>('/web-wordings', { signal })).wordings,
});

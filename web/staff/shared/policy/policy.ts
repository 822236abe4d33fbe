import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { policyChangeSchema, policySchema } from '../../../../src/features/settings/contract.ts';
import { ask, read } from '../api.ts';
import { queryClient } from '../query-client.ts';

/** The policy by which decisions are made: how silence since the old system is read. */
export type Policy = z.infer<typeof policySchema>;
export type PolicyChange = z.input<typeof policyChangeSchema>;
export type PolicyName = Policy['settings']['policy'];

export const policyQuery = queryOptions({
  queryKey: ['/policy', 'in force'],
  queryFn: ({ signal }) => read<Policy>('/policy', { signal }),
});

/** Adds a version. Whatever was decided by the one before is asked anew. */
export async function changePolicy(change: PolicyChange): Promise<void> {
  await ask<Policy>('/policy', { method: 'PUT', body: change });
  await queryClient.invalidateQueries();
}

export const policyNames: Readonly<Record<PolicyName, string>> = {
  pecr_strict: 'Strict',
  assume_legitimate_interest: 'Assumption',
};

export const policyMeanings: Readonly<Record<PolicyName, string>> = {
  pecr_strict:
    'Texts, emails and social messages only to people who agreed or fall under the existing-customer rule. Letters and calls where a legitimate interest was assessed.',
  assume_legitimate_interest:
    'Whoever was marked neither No Follow-Up nor No Marketing counts as opted in: “assumed (legitimate interest)”, never as consent.',
};

import { z } from 'zod';

/** Branches, as the API shows them. */
export const branchSchema = z.object({ code: z.string(), name: z.string() }).meta({ id: 'Branch' });

export const branchListSchema = z.object({ branches: z.array(branchSchema) }).meta({ id: 'BranchList' });
/** @public for the browser */
export type BranchList = z.infer<typeof branchListSchema>;

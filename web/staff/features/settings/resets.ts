import type { z } from 'zod';
import type {
  newResetSchema,
  resetPageSchema,
  resetPlanSchema,
  resetSchema,
} from '../../../../src/features/resets/contract.ts';
import { ask } from '../../shared/api.ts';

/** Resets of every record to "no permission was given". */
export type Reset = z.infer<typeof resetSchema>;
export type ResetPage = z.infer<typeof resetPageSchema>;
export type ResetPlan = z.infer<typeof resetPlanSchema>;
export type NewReset = z.input<typeof newResetSchema>;

export async function startReset(body: NewReset): Promise<Reset> {
  return (await ask<Reset>('/resets', { body })).body;
}

export async function undoReset(resetId: string): Promise<Reset> {
  return (await ask<Reset>(`/resets/${resetId}:undo`, { method: 'POST' })).body;
}

/** The state of a reset in a word or two. */
export function resetStateWords({ status, atWork }: Reset): string {
  switch (status) {
    case 'running':
      return atWork ? 'Running' : 'Interrupted';
    case 'finished':
      return 'Done';
    case 'undoing':
      return atWork ? 'Being undone' : 'Undoing was interrupted';
    case 'undone':
      return 'Undone';
  }
}

import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  GivenHealthCheck,
  HealthCheckAnswer,
  healthCheckOfSchema,
} from '../../../../src/features/appointments/health-checks/contract.ts';
import { ask, newIdempotencyKey, read } from '../../shared/api.ts';

/** What a vehicle health check found, as it is read, typed and saved. */
export type HealthCheck = HealthCheckAnswer;
export type Finding = HealthCheck['findings'][number];

export const severityWords: Readonly<Record<Finding['severity'], string>> = {
  red: 'Red',
  amber: 'Amber',
  green: 'Green',
};

export const outcomeWords: Readonly<Record<Finding['outcome'], string>> = {
  none: 'All well',
  advised: 'Undecided',
  authorised: 'Authorised',
  deferred: 'Deferred',
  declined: 'Declined',
  done: 'Done',
};

export function healthCheckQuery(appointmentId: string) {
  return queryOptions({
    queryKey: ['/appointments', appointmentId, 'health-check'],
    queryFn: async ({ signal }) =>
      (
        await read<z.infer<typeof healthCheckOfSchema>>(`/appointments/${appointmentId}/health-check`, {
          signal,
        })
      ).healthCheck,
  });
}

/** Records a check, or changes the one that was read. */
export async function saveHealthCheck(
  appointmentId: string,
  known: HealthCheck | null,
  body: GivenHealthCheck,
): Promise<void> {
  if (known === null) {
    await ask(`/appointments/${appointmentId}/health-check`, { body, idempotencyKey: newIdempotencyKey() });
  } else {
    await ask(`/health-checks/${known.id}`, { method: 'PATCH', body, ifMatch: `"${known.version}"` });
  }
}

/** A finding as it is typed; pounds as text, such as "142" or "89.50". */
export interface TypedFinding {
  readonly key: string;
  readonly id: string | null;
  readonly item: string;
  readonly severity: Finding['severity'];
  readonly pounds: string;
  readonly outcome: Finding['outcome'];
  readonly followUpOn: string;
  readonly labourMinutes: number | null;
}

export function typedFrom(finding: Finding): TypedFinding {
  const { id, item, severity, pricePence, outcome, followUpOn, labourMinutes } = finding;
  const pounds = pricePence === null ? '' : (pricePence / 100).toFixed(pricePence % 100 === 0 ? 0 : 2);
  return { key: id, id, item, severity, pounds, outcome, followUpOn: followUpOn ?? '', labourMinutes };
}

/** The findings as the API takes them, or what is wrong with one, by its key. */
export function givenFindings(
  typed: readonly TypedFinding[],
): { readonly findings: GivenHealthCheck['findings'] } | { readonly key: string; readonly fault: string } {
  const findings: GivenHealthCheck['findings'] = [];
  for (const { key, id, item, severity, pounds, outcome, followUpOn, labourMinutes } of typed) {
    const pricePence = penceOf(pounds);
    if (item.trim() === '') return { key, fault: 'Say what was looked at.' };
    if (pricePence === undefined) return { key, fault: 'Write the price in pounds, such as 142 or 89.50.' };
    if (outcome === 'deferred' && followUpOn === '') return { key, fault: 'Say when to come back to it.' };
    findings.push({
      ...(id === null ? {} : { id }),
      item,
      severity,
      pricePence: severity === 'green' ? null : pricePence,
      labourMinutes,
      outcome,
      followUpOn: outcome === 'deferred' ? followUpOn : null,
    });
  }
  return { findings };
}

/** Null where nothing was typed, undefined where it is no price. */
function penceOf(pounds: string): number | null | undefined {
  const text = pounds.replaceAll(/[£,\s]/g, '');
  if (text === '') return null;
  const [, whole, part = ''] = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  return whole === undefined ? undefined : Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

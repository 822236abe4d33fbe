import { daysBetween } from './london.ts';
import { dateWords } from './plain-words.ts';
import type { JobType } from './workshop.ts';
import { usualMinutes } from './workshop.ts';

/** What a vehicle needs, as the desk is told: MOT, service, and work that a health check found and the customer deferred. */
export type MaintenanceUrgency = 'overdue' | 'due' | 'later';

export interface DeferredFinding {
  readonly findingId: string;
  readonly item: string;
  readonly severity: 'red' | 'amber';
  readonly pricePence: number | null;
  readonly labourMinutes: number | null;
  readonly checkedOn: string;
  readonly followUpOn: string;
}

export interface DueMaintenance {
  readonly jobType: Extract<JobType, 'mot' | 'service' | 'vhc'>;
  readonly dueOn: string;
  readonly urgency: MaintenanceUrgency;
  /** Such as `MOT due 14 December 2026`. */
  readonly sentence: string;
  readonly minutes: number;
  readonly findingId: string | null;
}

export interface MaintainedVehicle {
  readonly motDueOn: string | null;
  readonly serviceDueOn: string | null;
  readonly deferred: readonly DeferredFinding[];
}

/** What is due or will be, the most pressing first. `later` is beyond the lead time, and worth no colour. */
export function maintenanceOf(vehicle: MaintainedVehicle, today: string, leadDays: number): DueMaintenance[] {
  const urgency = (on: string): MaintenanceUrgency => {
    const days = daysBetween(today, on);
    if (days < 0) return 'overdue';
    return days <= leadDays ? 'due' : 'later';
  };
  const dated = (
    [
      ['mot', 'MOT', vehicle.motDueOn],
      ['service', 'Service', vehicle.serviceDueOn],
    ] as const
  ).flatMap(([jobType, name, on]): DueMaintenance[] =>
    on === null
      ? []
      : [
          {
            jobType,
            dueOn: on,
            urgency: urgency(on),
            sentence:
              urgency(on) === 'overdue'
                ? `${name} overdue since ${dateWords(on)}`
                : `${name} due ${dateWords(on)}`,
            minutes: usualMinutes[jobType],
            findingId: null,
          },
        ],
  );
  const deferred = vehicle.deferred.map((finding): DueMaintenance => {
    const price = finding.pricePence === null ? '' : `, ${poundsWords(finding.pricePence)}`;
    return {
      jobType: 'vhc',
      dueOn: finding.followUpOn,
      urgency: urgency(finding.followUpOn),
      sentence: `${finding.item} deferred on ${dateWords(finding.checkedOn)} (${finding.severity}${price})`,
      minutes: finding.labourMinutes ?? usualMinutes.vhc,
      findingId: finding.findingId,
    };
  });
  return [...dated, ...deferred].sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
}

/** Money as people read it: `£142`, `£89.50`. */
export function poundsWords(pence: number): string {
  const pounds = Math.floor(pence / 100).toLocaleString('en-GB');
  return pence % 100 === 0 ? `£${pounds}` : `£${pounds}.${String(pence % 100).padStart(2, '0')}`;
}

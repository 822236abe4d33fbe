import type { MethodAnswer, MethodQuestion } from '../../../domain/contact-plan.ts';
import { decide } from '../../../domain/decide.ts';
import type { Facts } from '../../../domain/facts.ts';
import type { ForecastContact } from '../../../domain/forecast.ts';
import { forecastContacts } from '../../../domain/forecast.ts';
import { londonDateOf, londonInstant } from '../../../domain/london.ts';
import type { PolicySettings } from '../../../domain/policy.ts';
import { withoutQuietHours } from '../../../domain/quiet-hours.ts';
import { NotFoundError } from '../../../platform/application-error.ts';
import type { Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { gatherFacts } from '../../facts/service.ts';
import { policyAt } from '../../settings/service.ts';
import { listProgrammes } from '../service.ts';
import { subjectsOf } from '../subjects/service.ts';

/**
 * What one customer is going to hear of us in the coming months, by the programmes as they are.
 * Guarantees that each contact is judged by the engine as of its own day, with what was foretold before it counted.
 */
const months = 12;

export interface Forecast {
  readonly from: string;
  readonly months: number;
  readonly contacts: readonly ForecastContact[];
}

/** Throws NotFoundError; for a record that became part of another, too: nobody is contacted by it. */
export async function forecastFor(context: Context, customerId: string): Promise<Forecast> {
  const now = nowOf(context);
  const from = londonDateOf(now);
  const { settings } = await policyAt(context, now);
  const [programmes, subjects, gathered] = await Promise.all([
    listProgrammes(context),
    subjectsOf(context, [customerId], from),
    gatherFacts(context.database.db, context, [customerId], settings, now),
  ]);
  const subject = subjects.get(customerId);
  const known = gathered.get(customerId);
  if (subject === undefined || known === undefined) {
    throw new NotFoundError('There is no such customer.', { code: 'customer-not-found' });
  }
  const ask = asker(known.facts, settings);
  return { from, months, contacts: forecastContacts(subject, programmes, [], { from, months }, ask) };
}

/** A contact goes out in the morning; at night and on a Sunday it waits, which is not foretold. */
const morning = '09:00';

function asker(facts: Facts, policy: PolicySettings): (question: MethodQuestion, on: string) => MethodAnswer {
  const settings = withoutQuietHours(policy);
  const marketingSentAt = [...facts.marketingSentAt];
  return ({ method, category, vehicleId }, on) => {
    const at = londonInstant(on, morning);
    const request = { channel: method, category, vehicleId, tool: 'acm' as const };
    const { verdict, reasons } = decide({ ...facts, marketingSentAt }, request, settings, at);
    const allowed = verdict === 'allow';
    if (allowed) marketingSentAt.push(at);
    return { allowed, reasons };
  };
}

import { londonDateOf } from '../london.ts';
import type { DenyReason, Stage } from '../reason.ts';
import type { JudgedAs, Situation } from '../situation.ts';
import type { Channel } from '../vocabulary.ts';
import { isElectronicMail } from '../vocabulary.ts';

/**
 * One rule: when it applies at all, when it blocks, and which fact decided it (codes and dates only, never
 * personal data). Its sentence and its source in law stand with its code in `reason.ts`.
 */
export interface Rule {
  readonly code: DenyReason;
  readonly stage: Stage;
  readonly appliesTo: (judgedAs: JudgedAs, channel: Channel) => boolean;
  readonly blocks: (situation: Situation) => boolean;
  readonly fact: (situation: Situation) => string;
}

export const marketing = (judgedAs: JudgedAs): boolean =>
  judgedAs !== 'service_message' && judgedAs !== 'safety_recall';
export const always = (): boolean => true;
export const vehicleBound = (judgedAs: JudgedAs): boolean =>
  judgedAs === 'service_follow_up' || judgedAs === 'safety_recall';
export const thirdParty = (judgedAs: JudgedAs): boolean => judgedAs === 'third_party_marketing';
export const liveCall = (judgedAs: JudgedAs, channel: Channel): boolean =>
  marketing(judgedAs) && channel === 'live_call';
export const anyCall = (judgedAs: JudgedAs, channel: Channel): boolean =>
  marketing(judgedAs) && (channel === 'live_call' || channel === 'automated_call');
export const electronicMail = (judgedAs: JudgedAs, channel: Channel): boolean =>
  marketing(judgedAs) && isElectronicMail(channel);

export const day = (instant: number): string => londonDateOf(instant);

export function describeCell({ cell }: Situation): string {
  if (cell === null) return 'never asked';
  if (cell.basis === 'migrated') return `assumed at the upgrade on ${day(cell.at)}`;
  const ground = cell.basis === null ? '' : ` on the basis of ${cell.basis}`;
  const entry = cell.sequence === null ? '' : `, ledger entry ${cell.sequence}`;
  return `${cell.state}${ground} on ${day(cell.at)} by ${cell.by}, evidence ${cell.evidence}${entry}`;
}

export const isGranted = ({ cell }: Situation): boolean => cell?.state === 'granted';

import type { CallListGateway } from './call-list.ts';
import { callListGateway } from './call-list.ts';
import type { EmailGateway, EmailSettings } from './email.ts';
import { smtpGateway } from './email.ts';
import type { LetterGateway } from './letter.ts';
import { letterGateway } from './letter.ts';
import type { Pace } from './pace.ts';
import { tokenBucket } from './pace.ts';
import type { Outbox } from './recording.ts';
import { recordingEmailGateway, recordingSmsGateway } from './recording.ts';
import type { SmsGateway } from './sms.ts';
import type { GenericSmsSettings } from './sms-generic.ts';
import { genericSmsGateway } from './sms-generic.ts';
import type { TwilioSettings } from './sms-twilio.ts';
import { twilioGateway } from './sms-twilio.ts';
import type { AudienceGateway } from './social.ts';
import { audienceGateway } from './social.ts';

/** Which ways out are set up; null where messages are recorded instead. */
export interface GatewaySettings {
  readonly email: EmailSettings | null;
  readonly sms: TwilioSettings | GenericSmsSettings | null;
  /** Where this installation is reached from outside, for links and callbacks: https, without a slash at the end. */
  readonly publicUrl: string | null;
}

/** Every way out of the house. Whoever sends asks the pace first, and waits as long as it says. */
export interface Gateways {
  readonly email: EmailGateway;
  readonly sms: SmsGateway;
  readonly letter: LetterGateway;
  readonly audience: AudienceGateway;
  readonly callList: CallListGateway;
  readonly pace: { readonly email: Pace; readonly sms: Pace };
  close(): Promise<void>;
}

/** Opens the ways out that are set, and recording ones for the rest. No connection is made before a message. */
export function openGateways(
  { email, sms }: GatewaySettings,
  { outbox, now }: { readonly outbox: Outbox; readonly now: () => number },
): Gateways {
  const byEmail = email === null ? recordingEmailGateway(outbox, now) : smtpGateway(email);
  return {
    email: byEmail,
    sms: openSms(sms, outbox, now),
    letter: letterGateway(),
    audience: audienceGateway(),
    callList: callListGateway(),
    pace: { email: paceOf(email?.perSecond, now), sms: paceOf(sms?.perSecond, now) },
    close: () => byEmail.close(),
  };
}

function openSms(sms: GatewaySettings['sms'], outbox: Outbox, now: () => number): SmsGateway {
  if (sms === null) return recordingSmsGateway(outbox, now);
  return sms.kind === 'twilio' ? twilioGateway(sms, now) : genericSmsGateway(sms, now);
}

const recordedPerSecond = 1_000;

function paceOf(perSecond: number | undefined, now: () => number): Pace {
  const rate = perSecond ?? recordedPerSecond;
  return tokenBucket(rate, Math.max(1, Math.ceil(rate)), now);
}

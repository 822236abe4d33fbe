import { createTransport } from 'nodemailer';
import type { EmailGateway, OutgoingEmail } from './email.ts';
import { messageOf } from './email.ts';
import type { Outcome } from './outcome.ts';
import type { OutgoingSms, SmsGateway } from './sms.ts';

/**
 * Ways out that keep what would have gone instead of sending it: chosen wherever no real one is set, so that an
 * installation without a gateway, and the demonstration, reach nobody.
 */
export type Recorded =
  | {
      readonly kind: 'email';
      readonly id: string;
      /** Milliseconds since 1970. */
      readonly at: number;
      readonly email: OutgoingEmail;
      /** The whole message, byte for byte as it would have been handed over. */
      readonly raw: string;
    }
  | { readonly kind: 'sms'; readonly id: string; readonly at: number; readonly sms: OutgoingSms };

/** Where it is kept; what has the same id is kept once. */
export interface Outbox {
  keep(recorded: Recorded): Promise<void>;
}

/** An outbox in memory: the newest `most` of each process. */
export function memoryOutbox(most: number): Outbox & { readonly all: () => readonly Recorded[] } {
  const kept = new Map<string, Recorded>();
  return {
    keep: async (recorded) => {
      if (kept.has(recorded.id)) return;
      kept.set(recorded.id, recorded);
      for (const id of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(id);
      }
    },
    all: () => [...kept.values()],
  };
}

const nobody = { name: null, address: 'navigator@localhost.invalid' };

export function recordingEmailGateway(outbox: Outbox, now: () => number): EmailGateway {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    send: async (email): Promise<Outcome> => {
      const at = now();
      const sender = { from: nobody, bounces: nobody.address };
      const { message } = await transport.sendMail({ ...messageOf(email, sender), date: new Date(at) });
      await outbox.keep({ kind: 'email', id: email.id, at, email, raw: String(message) });
      return { kind: 'accepted', reference: email.id };
    },
    check: async () => ({
      works: true,
      sentence: 'Emails are kept, and sent to nobody: no mail server is set.',
    }),
    close: async () => transport.close(),
  };
}

export function recordingSmsGateway(outbox: Outbox, now: () => number): SmsGateway {
  return {
    stopTo: 'reply',
    send: async (sms): Promise<Outcome> => {
      await outbox.keep({ kind: 'sms', id: sms.id, at: now(), sms });
      return { kind: 'accepted', reference: sms.id };
    },
    check: async () => ({ works: true, sentence: 'Texts are kept, and sent to nobody: no gateway is set.' }),
  };
}

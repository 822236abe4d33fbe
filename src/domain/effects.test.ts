import { describe, expect, it } from 'vitest';
import { effectsOf } from './effects.ts';
import type { Box, BoxPart } from './preference-grid.ts';
import type { ReasonCode } from './reason.ts';
import type { ScreenCategory, ScreenChannel } from './screen-channels.ts';
import { innerChannels, screenCategories, screenChannels } from './screen-channels.ts';

const nameOf = (vehicleId: string): string => vehicleId;

function part(
  channel: BoxPart['channel'],
  vehicleId: string | null,
  reasons: readonly ReasonCode[],
): BoxPart {
  const allowed = reasons[0] === 'CONSENT' || reasons[0] === 'LEGITIMATE_INTEREST';
  const shown = { state: 'not_asked', at: null, detail: null, cell: null } as const;
  return { channel, vehicleId, allowed, reasons, warnings: [], shown };
}

function box(
  channel: ScreenChannel,
  category: ScreenCategory,
  reasons: readonly ReasonCode[],
  vehicles: readonly string[] = ['AB12 CDE'],
): Box {
  const scopes = category === 'service_follow_up' ? (vehicles.length === 0 ? [null] : vehicles) : [null];
  const parts = innerChannels(channel).flatMap((inner) => scopes.map((scope) => part(inner, scope, reasons)));
  const [shown] = parts;
  if (shown === undefined) throw new Error('A box has parts.');
  return { channel, category, company: null, parts, shown, split: false };
}

/** The whole grid: these boxes ticked and permitted, the others left unticked and refused. */
function grid(ticked: readonly `${ScreenChannel} ${ScreenCategory}`[]) {
  return screenChannels.flatMap((channel) =>
    screenCategories.map((category) => {
      const yes = ticked.includes(`${channel} ${category}`);
      return { box: box(channel, category, yes ? ['CONSENT'] : ['PERMISSION_REFUSED']), ticked: yes };
    }),
  );
}

describe('what follows from saved preferences', () => {
  it('is said in sentences: what we may do, by topic, and what we will not', () => {
    const saved = grid(['sms service_follow_up', 'email service_follow_up', 'email general_marketing']);
    expect(effectsOf(saved, nameOf)).toEqual({
      may: [
        "We may now text and email about AB12 CDE's MOT and service.",
        'We may now email about offers and events.',
      ],
      mayNot: [
        'We will not send letters, phone or use social media.',
        'We will not text about offers and events.',
      ],
    });
  });

  it('promises nothing where every box was left unticked', () => {
    expect(effectsOf(grid([]), nameOf)).toEqual({
      may: [],
      mayNot: ['We will not text, send letters, phone, use social media or email.'],
    });
  });

  it('says why a box that was ticked cannot be used all the same', () => {
    const answered = [
      { box: box('sms', 'general_marketing', ['CONTACT_POINT_MISSING']), ticked: true },
      { box: box('email', 'general_marketing', ['CONSENT']), ticked: true },
    ];
    expect(effectsOf(answered, nameOf)).toEqual({
      may: ['We may now email about offers and events.'],
      mayNot: [
        'Agreed, but we cannot text about offers and events: We hold no number or address for this channel.',
      ],
    });
  });

  it('speaks of every car that it concerns', () => {
    const answered = [
      { box: box('sms', 'service_follow_up', ['CONSENT'], ['AB12 CDE', 'CD34 EFG']), ticked: true },
      { box: box('email', 'service_follow_up', ['CONSENT'], []), ticked: true },
    ];
    expect(effectsOf(answered, nameOf).may).toEqual([
      "We may now text about AB12 CDE's and CD34 EFG's MOT and service.",
      'We may now email about MOT and service.',
    ]);
  });

  it('tells cars apart of which one is refused', () => {
    const both = box('sms', 'service_follow_up', ['CONSENT'], ['AB12 CDE', 'CD34 EFG']);
    const parts = [part('sms', 'AB12 CDE', ['CONSENT']), part('sms', 'CD34 EFG', ['VEHICLE_OPT_OUT'])];
    expect(effectsOf([{ box: { ...both, parts }, ticked: true }], nameOf)).toEqual({
      may: ["We may now text about AB12 CDE's MOT and service."],
      mayNot: [
        "Agreed, but we cannot text about CD34 EFG's MOT and service: " +
          'The customer asked for no reminders about this vehicle.',
      ],
    });
  });

  it('tells direct messages and adverts apart where one of them is refused', () => {
    const social = box('social_media', 'general_marketing', ['CONSENT']);
    const parts = [
      part('social_dm', null, ['CONTACT_POINT_MISSING']),
      part('social_audience', null, ['CONSENT']),
    ];
    expect(effectsOf([{ box: { ...social, parts }, ticked: true }], nameOf)).toEqual({
      may: ['We may now show adverts on social media about offers and events.'],
      mayNot: [
        'Agreed, but we cannot send direct messages about offers and events: ' +
          'We hold no number or address for this channel.',
      ],
    });
  });
});

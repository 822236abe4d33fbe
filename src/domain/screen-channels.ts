import type { Category, Channel } from './vocabulary.ts';

/**
 * The channels as people see them, always in this order. Telephone is the live call: recorded calls have a box of
 * their own, off unless the dealer turns it on. One box for Social media sets both of its cells.
 */
export const screenChannels = ['sms', 'letter', 'telephone', 'social_media', 'email'] as const;
export type ScreenChannel = (typeof screenChannels)[number];

/** The categories with a column of their own on screen. */
export const screenCategories = [
  'service_follow_up',
  'general_marketing',
] as const satisfies readonly Category[];
export type ScreenCategory = (typeof screenCategories)[number];

export const screenChannelLabels: Readonly<Record<ScreenChannel, string>> = {
  sms: 'SMS',
  letter: 'Letter',
  telephone: 'Telephone',
  social_media: 'Social media',
  email: 'Email',
};

const cellsBehind: Readonly<Record<ScreenChannel, readonly Channel[]>> = {
  sms: ['sms'],
  letter: ['letter'],
  telephone: ['live_call'],
  social_media: ['social_dm', 'social_audience'],
  email: ['email'],
};

/** The inner channels that one row on screen stands for; the first is the one whose contact detail is shown. */
export function innerChannels(channel: ScreenChannel): readonly Channel[] {
  return cellsBehind[channel];
}

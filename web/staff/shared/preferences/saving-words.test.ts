import { expect, test } from 'vitest';
import type { Box, Preferences } from './preferences.ts';
import { savingWords } from './saving-words.ts';

type Verdict = Preferences['channels'][number]['cells'][number]['verdict'];

test('before it is saved it is said how many answers are recorded, and how many end what is allowed today', () => {
  expect(savingWords(held('allow', 'allow', 'deny'), ticks())).toBe(
    'Saves 0 yes and 3 no: 2 of them end what is allowed today. Ask about every line first.',
  );
  expect(savingWords(held('allow', 'allow', 'deny'), ticks('sms'))).toBe(
    'Saves 1 yes and 2 no: 1 no ends what is allowed today. Ask about every line first.',
  );
  expect(savingWords(held('allow', 'allow', 'deny'), ticks('sms', 'letter'))).toBe('Saves 2 yes and 1 no.');
});

const order = ['sms', 'letter', 'telephone'] as const;

function held(...verdicts: readonly Verdict[]): Pick<Preferences, 'channels'> {
  const channels = verdicts.map((verdict, index) => ({
    channel: order[index] ?? 'email',
    cells: [{ category: 'general_marketing', company: null, verdict }],
  }));
  return { channels } as unknown as Pick<Preferences, 'channels'>;
}

function ticks(...channels: readonly (typeof order)[number][]): ReadonlySet<Box> {
  return new Set(channels.map((channel): Box => `${channel}:general_marketing:`));
}

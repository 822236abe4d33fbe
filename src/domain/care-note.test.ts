import { describe, expect, it } from 'vitest';
import { careNoteLengthMax, readyCarePhrases, soundsMedical } from './care-note.ts';

describe('a care note', () => {
  it.each(readyCarePhrases)('may be the ready phrase "%s", which says nothing of health', (phrase) => {
    expect(phrase.length).toBeLessThanOrEqual(careNoteLengthMax);
    expect(soundsMedical(phrase)).toBe(false);
  });

  it.each(['Has dementia', 'recently in Hospital', 'Diabetic, needs breaks', 'is deaf in one ear'])(
    'is warned about where it says "%s"',
    (text) => {
      expect(soundsMedical(text)).toBe(true);
    },
  );

  it.each(['Service the car before her holiday', 'Not the blue one', 'Wants a heated screen'])(
    'is not warned about where it says "%s"',
    (text) => {
      expect(soundsMedical(text)).toBe(false);
    },
  );
});

import { describe, expect, it } from 'vitest';
import { countSegments, plainSmsText } from './sms-segments.ts';

describe('a text message', () => {
  it.each([
    ['nothing', '', 'gsm7', 0, 1, 160],
    ['160 plain characters', 'a'.repeat(160), 'gsm7', 160, 1, 0],
    ['one more', 'a'.repeat(161), 'gsm7', 161, 2, 145],
    ['two full parts', 'a'.repeat(306), 'gsm7', 306, 2, 0],
    ['a euro sign, which counts twice', `${'a'.repeat(158)}€`, 'gsm7', 160, 1, 0],
    ['a pound sign, which counts once', '£'.repeat(160), 'gsm7', 160, 1, 0],
    ['70 characters of another alphabet', 'ж'.repeat(70), 'ucs2', 70, 1, 0],
    ['71 of them', 'ж'.repeat(71), 'ucs2', 71, 2, 63],
    ['134 of them', 'ж'.repeat(134), 'ucs2', 134, 2, 0],
  ])('of %s', (_, text, encoding, units, segments, unitsLeft) => {
    expect(countSegments(text)).toMatchObject({ encoding, units, segments, unitsLeft });
  });

  it('never has a character of the extension cut in two', () => {
    // The euro sign would lie across the end of the first part: it moves to the second as a whole.
    expect(countSegments(`${'a'.repeat(152)}€${'a'.repeat(151)}`)).toMatchObject({ units: 305, segments: 2 });
    expect(countSegments(`${'a'.repeat(152)}€${'a'.repeat(152)}`)).toMatchObject({ units: 306, segments: 3 });
  });

  it('never has a picture of two units cut in two', () => {
    expect(countSegments(`${'ж'.repeat(66)}🚗${'ж'.repeat(65)}`)).toMatchObject({ units: 133, segments: 2 });
    expect(countSegments(`${'ж'.repeat(66)}🚗${'ж'.repeat(66)}`)).toMatchObject({ units: 134, segments: 3 });
  });

  it('says which characters made it cost more than twice as much', () => {
    expect(countSegments('Señora, it’s 🚗 time’').forcedBy).toEqual(['’', '🚗']);
    expect(countSegments(plainSmsText('It’s due – ring us…')).forcedBy).toEqual([]);
    expect(plainSmsText('“It’s due” – ring us…')).toBe('"It\'s due" - ring us...');
  });
});

import { describe, expect, it } from 'vitest';
import { wordChanges } from './word-diff.ts';

describe('what changed between two wordings', () => {
  it('is told word by word, with what is gone before what is new', () => {
    expect(wordChanges('May we text you about your car?', 'May we ring you about your car today?')).toEqual([
      { kind: 'same', text: 'May we' },
      { kind: 'removed', text: 'text' },
      { kind: 'added', text: 'ring' },
      { kind: 'same', text: 'you about your' },
      { kind: 'removed', text: 'car?' },
      { kind: 'added', text: 'car today?' },
    ]);
  });

  it.each([
    [
      'the same words',
      'May we text you?',
      'May we  text\nyou?',
      [{ kind: 'same', text: 'May we text you?' }],
    ],
    ['nothing before', '', 'May we?', [{ kind: 'added', text: 'May we?' }]],
    ['nothing after', 'May we?', '', [{ kind: 'removed', text: 'May we?' }]],
    ['nothing at all', '', '', []],
  ])('knows %s', (_, before, after, changes) => {
    expect(wordChanges(before, after)).toEqual(changes);
  });
});

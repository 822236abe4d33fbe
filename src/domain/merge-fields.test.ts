import { describe, expect, it } from 'vitest';
import { exampleValues, fillMergeFields, mergeFaults, mergeFieldsIn } from './merge-fields.ts';

describe('a merge field', () => {
  it('is filled with what is known, in whatever case and spacing it was written', () => {
    const { text, missing } = fillMergeFields('Dear ((First  Name)), ((mot due date))', exampleValues);
    expect({ text, missing }).toEqual({ text: 'Dear Jane, 14 December 2026', missing: [] });
  });

  it('takes the words after the bar for somebody of whom it is not known', () => {
    expect(fillMergeFields('Hello ((first name|there))', {}).text).toBe('Hello there');
    expect(fillMergeFields('Hello((first name|))', {})).toEqual({ text: 'Hello', missing: [] });
  });

  it('without such words makes the text unfit for them', () => {
    expect(fillMergeFields('Dear ((first name)) ((last name))', { 'first name': ' ' }).missing).toEqual([
      'first name',
      'last name',
    ]);
  });

  it('brings no line of its own, and nothing in it is read as a field', () => {
    const hostile = { 'first name': 'Jane\r\nBcc: all‮', 'last name': '((registration))' };
    expect(fillMergeFields('((first name))/((last name))', hostile).text).toBe(
      'Jane Bcc: all/((registration))',
    );
  });

  it('that does not exist is a fault with the one that was meant', () => {
    expect(mergeFaults('((frist name)), ((forename)), ((colour of eyes)), ((dealer))')).toEqual([
      {
        written: '((frist name))',
        sentence: 'There is no field ((frist name)): did you mean ((first name))?',
      },
      { written: '((forename))', sentence: 'There is no field ((forename)): did you mean ((first name))?' },
      {
        written: '((colour of eyes))',
        sentence: 'There is no field ((colour of eyes)): choose one from the list.',
      },
    ]);
  });

  it('must be whole', () => {
    expect(mergeFaults('Dear ((first name), hello').map(({ written }) => written)).toEqual(['((']);
    expect(mergeFaults('(()) and ((first name|a|b))').map(({ sentence }) => sentence)).toEqual([
      'There is a field without a name: write one such as ((first name)).',
      '((first name|a|b)) has two bars: write one fallback, as ((first name|there)).',
    ]);
    expect(mergeFaults('Plain (words) in brackets')).toEqual([]);
  });

  it('is listed once for a text', () => {
    expect(mergeFieldsIn('((model)) ((Model|car)) ((unknown))')).toEqual(['model']);
  });
});

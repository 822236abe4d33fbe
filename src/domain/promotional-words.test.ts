import { describe, expect, it } from 'vitest';
import { findPromotion, unacceptedPromotion } from './promotional-words.ts';

const phrasesOf = (text: string): string[] => findPromotion(text).map(({ phrase }) => phrase);

describe('a service message is marketing as soon as it holds', () => {
  it.each([
    ['Save 20% on your next service.', ['Save 20%']],
    ['Brake pads with 15 per cent off.', ['15 per cent off']],
    ['MOTs from £39.95.', ['from £39.95.']],
    ['£50 off if you book this week.', ['£50 off']],
    ['Book now and save.', ['Book now and save']],
    ['A free winter check with every visit.', ['free winter']],
    ['Collect your voucher at the desk.', ['voucher']],
    ['Our latest offers are on the website.', ['latest offers']],
    ['Discounted tyres all month.', ['Discounted']],
    ['Last chance to book before the rise.', ['Last chance']],
    ['Your car is ready. Why not take a test drive of the new model?', ['test drive', 'new model']],
    ['Only £9.99 a month.', ['Only £9.99']],
    ['Your invoice total is £300, and £50 off the next one.', ['£50 off']],
    ['The recall is done, with a 10% discount on servicing.', ['10% discount']],
  ])('%s', (text, phrases) => {
    expect(phrasesOf(text)).toEqual(phrases);
  });
});

describe('no promotion is seen in', () => {
  it.each([
    'Your car is ready. Your invoice total is £245.60.',
    'This safety recall is carried out free of charge.',
    'The recall repair is free of charge and takes an hour.',
    'Please feel free to ring us.',
    'Your front brake pads are 80% worn.',
    'The battery holds 45% of its charge.',
    'We offer our apologies for the delay.',
    'Your MOT is due on 14 December. Ring us to choose a day.',
    'We can offer you another day: Thursday at 9.',
    'Save this number so that you can reach us.',
    'Call freephone 0800 000 000.',
    'That took a great deal of patience. Sam deals with it now.',
    'Your test drive is on Monday at 10.',
    'The balance of £120.00 can be paid at the desk, 20% VAT included.',
  ])('%s', (text) => {
    expect(phrasesOf(text)).toEqual([]);
  });
});

it('a phrase that was said to be no promotion is not held against the text again, and no other one with it', () => {
  const text = 'Courtesy cars are complimentary, and tyres are discounted.';
  expect(unacceptedPromotion(text, ['Complimentary']).map(({ phrase }) => phrase)).toEqual(['discounted']);
});

it('reads a long text without end in no time', () => {
  const started = performance.now();
  findPromotion('invoice '.repeat(10_000));
  findPromotion(`recall ${'free '.repeat(5_000)}`);
  expect(performance.now() - started).toBeLessThan(2_000);
});

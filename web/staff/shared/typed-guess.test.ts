import { describe, expect, it } from 'vitest';
import { guessFrom } from './typed-guess.ts';

describe('a text that finds nobody', () => {
  it.each([
    ['Mrs Jane Holroyd', { title: 'Mrs', forename: 'Jane', surname: 'Holroyd' }],
    ['jane holroyd', { forename: 'Jane', surname: 'Holroyd' }],
    ['McDonald', { surname: 'McDonald' }],
    ['07700 900142', { phone: '07700 900142' }],
    ['+44 7700 900142', { phone: '+44 7700 900142' }],
    ['jane@example.com', { email: 'jane@example.com' }],
    ['ab12 cde', { registration: 'AB12 CDE' }],
    ['s10 1sd', { postcode: 'S10 1SD' }],
    ['', {}],
    ['12345', {}],
  ])('fills the form of a new customer: %s', (text, guess) => {
    expect(guessFrom(text)).toEqual(guess);
  });
});

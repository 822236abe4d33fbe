import { expect, test } from 'vitest';
import { namesCompany } from './company-name.ts';

test.each([
  'Acme Finance plc',
  'The Hallam Motor Company',
  'AA',
  '3M',
  'Partners & Sons Ltd',
  'Žižka s.r.o.',
])('%s names a company', (name) => {
  expect(namesCompany(name)).toBe(true);
});

test.each([
  'selected partners',
  'Our Partners',
  'carefully selected third-parties',
  'The Group of Companies',
  '..',
  'Third party',
])('%s names nobody', (name) => {
  expect(namesCompany(name)).toBe(false);
});

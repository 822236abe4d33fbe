import type { z } from 'zod';
import { companiesQuestion, readOut } from '../../../../src/domain/counter-wording.ts';
import type { wordingListSchema } from '../../../../src/features/wordings/contract.ts';
import { nowOfBrowser } from '../../shared/clock.ts';
import type { ShownWording } from '../../shared/preferences/read-aloud.tsx';

/** What is read out, and what will be. */
export type WordingList = z.infer<typeof wordingListSchema>;
export type Wording = WordingList['wordings'][number];
export type Draft = WordingList['drafts'][number];

/** Of whom the examples speak. */
const exampleCar = 'Focus';

/** Words as the pop-up shows them to whoever serves a customer with a Focus. */
export function asShown(
  { text, phoneText }: { readonly text: string; readonly phoneText: string },
  by: {
    readonly legalEntity: string;
    readonly isOneOfSeveral: boolean;
    readonly version: number;
    readonly askedCompanies: readonly string[];
  },
): ShownWording {
  const { legalEntity, version } = by;
  const filled = { dealer: legalEntity, car: exampleCar };
  const spoken = (words: string) => ({
    hash: '',
    text: readOut(words, filled) + companiesQuestion(by.askedCompanies),
    withoutCompanies: readOut(words, filled),
  });
  const inForceFrom = nowOfBrowser().toISOString();
  return {
    wording: { ...spoken(text), phone: spoken(phoneText), version, inForceFrom, legalEntity },
    answeringFor: { legalEntity, several: by.isOneOfSeveral },
  };
}

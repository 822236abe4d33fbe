/** Care notes: how somebody likes to be met, in a few words, and never what ails them. */

/** Short enough to be taken in at a glance while somebody stands at the desk. */
export const careNoteLengthMax = 140;

/** How many stand on top of one record: more would not be read. */
export const careNotesMax = 3;

/** What people ask for most often. Each says what to do, none says why. */
export const readyCarePhrases = [
  'Please speak slowly',
  'Please speak clearly and face them',
  'Allow extra time',
  'Prefers to be written to rather than phoned',
  'Prefers large print',
  'Go through prices and choices twice',
  'Likes to have somebody with them',
  'Prefers a quiet place to talk',
] as const;

const medicalWords = [
  'alzheimer',
  'anxiety',
  'asthma',
  'autis',
  'bipolar',
  'blind',
  'cancer',
  'chemo',
  'dementia',
  'depress',
  'diabet',
  'diagnos',
  'disab',
  'epilep',
  'hearing loss',
  'hospital',
  'illness',
  'medication',
  'medical',
  'parkinson',
  'pregnan',
  'schizo',
  'stroke',
  'surgery',
  'deaf',
  'wheelchair',
];

/**
 * Whether a text reads as if it said something of somebody's health (UK GDPR 9(1)). A guess that misses some and is
 * wrong about others: it warns, and never refuses.
 */
export function soundsMedical(text: string): boolean {
  const words = text.toLowerCase();
  return medicalWords.some((word) => new RegExp(`\\b${word}`).test(words));
}

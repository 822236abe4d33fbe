/** Records of an import that could be read in two ways, and what was made of them. */
export const ambiguityReasons = [
  'no_follow_up_only',
  'repeated_number',
  'different_flags',
  'stricter_on_file',
  'said_no_under_another_number',
  'text_says_no',
  'several_keepers',
  'sold_and_kept',
] as const;
export type AmbiguityReason = (typeof ambiguityReasons)[number];

/** What each kind of ambiguous record is, and what was done with it. */
export const ambiguitySentences: Readonly<Record<AmbiguityReason, string>> = {
  no_follow_up_only:
    'Marked No Follow-Up only: service reminders are off, general marketing is assumed. Check whether the customer meant all of it.',
  repeated_number: 'The customer number comes more than once: the details of its first row were taken.',
  different_flags: 'The customer number comes with different flags: every no among them was taken.',
  stricter_on_file: 'The customer on file has a no that the file does not have: it stays.',
  said_no_under_another_number:
    'Somebody of the same name, with the same number or address, said no under another customer number, on file or in this file: nothing was assumed. Merge the two records.',
  text_says_no:
    'The text of the record speaks of no contact, a death or a move, but no flag is set: look at it before marketing.',
  several_keepers: 'The vehicle is with several customers and none of them is marked as having sold it.',
  sold_and_kept: 'The vehicle comes for the same customer as sold and as kept: it counts as sold.',
};

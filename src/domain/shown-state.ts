/** The words a box is shown with. They are the same on every screen, and never colour alone. */
export const shownStateWords = {
  consented: 'Consented',
  existing_customer: 'Existing customer',
  legitimate_interest: 'Legitimate interest',
  assumed: 'Assumed at upgrade',
  not_asked: 'Not asked',
  said_no: 'Said no',
  withdrawn: 'Withdrawn',
} as const;
export type ShownState = keyof typeof shownStateWords;
export const shownStates = Object.keys(shownStateWords) as [ShownState, ...ShownState[]];

/** The steps of preparing an import, in their order. */
export const wizardSteps = ['files', 'columns', 'check'] as const;
export type WizardStep = (typeof wizardSteps)[number];

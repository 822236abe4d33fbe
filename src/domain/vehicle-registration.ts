export type RegistrationError = 'empty' | 'bad_characters' | 'too_long' | 'not_a_registration';

export type RegistrationResult =
  | { readonly ok: true; readonly registration: string }
  | { readonly ok: false; readonly code: RegistrationError; readonly sentence: string };

/** The longest British mark has seven characters; plates from abroad run to nine. */
const registrationLengthMax = 9;

/**
 * Reads a registration mark (VRM) into its form without spaces, in capitals: `AB12CDE`.
 *
 * Any mark with a letter and a digit is accepted: personal, dateless, Northern Irish, trade and foreign
 * marks follow no single pattern. Words that stand in for a mark (NEW, TBA, NONE) have no digit.
 */
export function parseRegistration(text: string): RegistrationResult {
  const compact = text.replace(/[\s-]/g, '').toUpperCase();
  if (compact === '') return { ok: false, code: 'empty', sentence: 'The registration is blank.' };
  if (!/^[A-Z0-9]+$/.test(compact)) {
    return { ok: false, code: 'bad_characters', sentence: 'A registration has letters and digits only.' };
  }
  if (compact.length > registrationLengthMax) {
    return { ok: false, code: 'too_long', sentence: 'A registration has at most nine letters and digits.' };
  }
  if (!/[A-Z]/.test(compact) || !/[1-9]/.test(compact)) {
    return {
      ok: false,
      code: 'not_a_registration',
      sentence: 'This is not a registration; one looks like AB12 CDE.',
    };
  }
  return { ok: true, registration: compact };
}

/** Where the space goes: current, prefix, suffix and dateless marks (Northern Irish among the last). */
const layouts: readonly RegExp[] = [
  /^([A-Z]{2}\d{2})([A-Z]{3})$/,
  /^([A-Z]\d{1,3})([A-Z]{3})$/,
  /^([A-Z]{3})(\d{1,3}[A-Z])$/,
  /^([A-Z]{1,3})(\d{1,4})$/,
  /^(\d{1,4})([A-Z]{1,3})$/,
];

/** A normalised registration as the plate shows it: `AB12 CDE`. A mark of no known layout is left whole. */
export function formatRegistration(registration: string): string {
  for (const layout of layouts) {
    const match = layout.exec(registration);
    if (match !== null) return `${match[1]} ${match[2]}`;
  }
  return registration;
}

export type VinError = 'empty' | 'wrong_length' | 'bad_characters';

export type VinResult =
  | { readonly ok: true; readonly vin: string }
  | { readonly ok: false; readonly code: VinError; readonly sentence: string };

/**
 * Reads a vehicle identification number: 17 letters and digits without I, O and Q (ISO 3779). The check
 * digit is not tested: it is customary in North America only.
 */
export function parseVin(text: string): VinResult {
  const compact = text.replace(/[\s-]/g, '').toUpperCase();
  if (compact === '') return { ok: false, code: 'empty', sentence: 'The VIN is blank.' };
  if (compact.length !== 17) {
    return { ok: false, code: 'wrong_length', sentence: 'A VIN has exactly 17 letters and digits.' };
  }
  if (!/^[A-HJ-NPR-Z0-9]+$/.test(compact)) {
    return {
      ok: false,
      code: 'bad_characters',
      sentence: 'A VIN has letters and digits only, and never I, O or Q.',
    };
  }
  return { ok: true, vin: compact };
}

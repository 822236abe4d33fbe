import type { EnquiryStage } from '../../../../src/domain/enquiry.ts';
import { enquiryStages } from '../../../../src/domain/enquiry.ts';

/** The stage before or after; null at either end. */
export function stageBeside(stage: EnquiryStage, step: 1 | -1): EnquiryStage | null {
  return enquiryStages[enquiryStages.indexOf(stage) + step] ?? null;
}

import type { ReactNode } from 'react';
import type { EnquiryStage } from '../../../../src/domain/enquiry.ts';
import { enquiryStageWords } from '../../../../src/domain/enquiry.ts';
import classes from './enquiries.module.css';

/** How far an enquiry has come: the word is enough, the colour only tells how it ended. */
export function StageBadge({ stage }: { readonly stage: EnquiryStage }): ReactNode {
  return (
    <span className={classes['stage']} data-stage={stage}>
      {enquiryStageWords[stage]}
    </span>
  );
}

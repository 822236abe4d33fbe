import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { EnquiryStage } from '../../../../src/domain/enquiry.ts';
import { sayDone, sayFailed } from '../../shared/toast.tsx';
import type { EnquirySummary } from './enquiries.ts';
import { changeEnquiry, movedWords } from './enquiries.ts';
import { LostDialog } from './lost-dialog.tsx';
import { SoldDialog } from './sold-dialog.tsx';

export type Movable = Pick<
  EnquirySummary,
  'id' | 'customerId' | 'displayName' | 'stage' | 'version' | 'vehicleOfInterest'
> & { readonly partExchangeRegistration?: string | null };

interface Moving {
  /** Moves at once; what ends an enquiry asks what it needs first. */
  readonly move: (enquiry: Movable, stage: EnquiryStage) => Promise<void>;
  readonly dialog: ReactNode;
}

/**
 * Takes an enquiry to another stage, from the board or from its own screen.
 *
 * @param moved what happens once it is there, such as finding the focus again.
 */
export function useMove(moved: (enquiry: Movable) => void = () => undefined): Moving {
  const queries = useQueryClient();
  const [ending, setEnding] = useState<{ enquiry: Movable; stage: 'sold' | 'lost' } | null>(null);
  const takeBack = async (enquiry: Movable, version: number): Promise<void> => {
    try {
      await changeEnquiry(queries, { ...enquiry, version }, { stage: enquiry.stage });
      moved(enquiry);
    } catch (error) {
      sayFailed(error);
    }
  };
  const move: Moving['move'] = async (enquiry, stage) => {
    if (enquiry.stage === stage || enquiry.stage === 'sold') return;
    if (stage === 'sold' || stage === 'lost') {
      setEnding({ enquiry, stage });
      return;
    }
    try {
      const { version } = await changeEnquiry(queries, enquiry, { stage });
      const mayGoBack = enquiry.stage !== 'lost';
      sayDone(
        movedWords(enquiry.displayName, stage),
        mayGoBack ? { act: () => void takeBack(enquiry, version) } : undefined,
      );
      moved(enquiry);
    } catch (error) {
      sayFailed(error);
    }
  };
  const close = (): void => {
    if (ending !== null) moved(ending.enquiry);
    setEnding(null);
  };
  const dialog =
    ending === null ? null : ending.stage === 'lost' ? (
      <LostDialog enquiry={ending.enquiry} close={close} />
    ) : (
      <SoldDialog enquiry={ending.enquiry} close={close} />
    );
  return { move, dialog };
}

import { ActionIcon, Button, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { lazy, useState } from 'react';
import { nameOf } from '../../shared/customer-search.ts';
import { KeyHint } from '../../shared/key-hint.tsx';
import { ButtonLink } from '../../shared/links.tsx';
import { StopAllMarketing } from '../../shared/preferences/stop-all-marketing.tsx';
import { DialogOnDemand } from '../../shared/return-focus.tsx';
import { useMay } from '../../shared/session.ts';
import { useShortcut } from '../../shared/shortcut.ts';
import type { Customer } from './customer.ts';

// Loaded when it is wanted, since everybody waits for what comes first.
const CheckDialog = lazy(async () => ({ default: (await import('./check-dialog.tsx')).CheckDialog }));

// Loaded when it is wanted, since everybody waits for what comes first.
const MergeDialog = lazy(async () => ({ default: (await import('./merge-dialog.tsx')).MergeDialog }));

interface RecordActionsProps {
  readonly customer: Customer;
  /** Null where the role does not allow it, or the record is not used any more. */
  readonly review: (() => void) | null;
  readonly edit: (() => void) | null;
}

/** What is done with a record, the most frequent first. */
export function RecordActions({ customer, review, edit }: RecordActionsProps): ReactNode {
  const [isMerging, setMerging] = useState(false);
  const [isChecking, setChecking] = useState(false);
  const mayBook = useMay('appointments:write');
  const isInUse = customer.mergedIntoId === null;
  const mayEnquire = useMay('enquiries:write');
  const mayAudit = useMay('accesses:read');
  const navigate = useNavigate();
  const enquire = (): void => void navigate({ to: '/enquiries/new', search: { customer: customer.id } });
  useShortcut({ key: 'r' }, () => review?.(), review !== null && isInUse);
  useShortcut({ key: 'e' }, () => edit?.(), edit !== null);
  const looks = (): void => void navigate({ to: '/access-log', search: { customer: customer.id } });
  if (!isInUse) {
    if (!mayAudit) return null;
    return (
      <Button variant="default" onClick={looks}>
        Who looked at this record
      </Button>
    );
  }
  return (
    <>
      {review !== null && (
        <Button onClick={review} aria-keyshortcuts="R">
          Review preferences&nbsp;<KeyHint>R</KeyHint>
        </Button>
      )}
      {edit !== null && (
        <Button variant="default" onClick={edit} aria-keyshortcuts="E">
          Edit&nbsp;<KeyHint>E</KeyHint>
        </Button>
      )}
      {mayBook && (
        <ButtonLink to="/appointments/new" search={{ customer: customer.id }} variant="default">
          Book a car in
        </ButtonLink>
      )}
      <StopAllMarketing customerId={customer.id} name={nameOf(customer)} />
      {(edit !== null || mayAudit) && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size="lg" aria-label="More">
              ⋯
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {edit !== null && mayEnquire && <Menu.Item onClick={enquire}>New sales enquiry</Menu.Item>}
            {edit !== null && (
              <Menu.Item onClick={() => setChecking(true)}>Probably the same as another record…</Menu.Item>
            )}
            {edit !== null && (
              <Menu.Item onClick={() => setMerging(true)}>Merge with another record…</Menu.Item>
            )}
            {mayAudit && <Menu.Item onClick={looks}>Who looked at this record</Menu.Item>}
          </Menu.Dropdown>
        </Menu>
      )}
      {isChecking && (
        <DialogOnDemand>
          <CheckDialog customer={customer} close={() => setChecking(false)} />
        </DialogOnDemand>
      )}
      {isMerging && (
        <DialogOnDemand>
          <MergeDialog customer={customer} close={() => setMerging(false)} />
        </DialogOnDemand>
      )}
    </>
  );
}

import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { ScreenLink } from '../../shared/links.tsx';
import type { Customer } from './customer.ts';

/** Where this record went, when it became part of another one. */
export function MergedNotice({ customer: { mergedIntoId } }: { readonly customer: Customer }): ReactNode {
  if (mergedIntoId === null) return null;
  return (
    <Alert
      color="yellow"
      variant="light"
      mb="md"
      title="This record became part of another one"
      role="status"
    >
      It stays as it was, to be read.{' '}
      <ScreenLink to="/customers/$id" params={{ id: mergedIntoId }} underline="always">
        Open the record that is used now
      </ScreenLink>
    </Alert>
  );
}

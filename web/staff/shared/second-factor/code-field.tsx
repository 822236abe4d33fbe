import type { TextInputProps } from '@mantine/core';
import { TextInput } from '@mantine/core';
import type { ReactNode, Ref } from 'react';

/** Six digits of a telephone, which browsers and password managers fill in; a recovery code fits, too. */
export function CodeField(
  props: TextInputProps & { readonly ref?: Ref<HTMLInputElement>; readonly 'data-autofocus'?: boolean },
): ReactNode {
  return (
    <TextInput
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={40}
      {...props}
    />
  );
}

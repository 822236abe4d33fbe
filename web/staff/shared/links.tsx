import type { AnchorProps, ButtonProps } from '@mantine/core';
import { Anchor, Button } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ReactNode, Ref } from 'react';

type AnchorAttributes = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof AnchorProps>;

interface PlainAnchorProps extends AnchorProps, AnchorAttributes {
  readonly ref?: Ref<HTMLAnchorElement>;
}

interface PlainButtonProps
  extends ButtonProps,
    Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps> {
  readonly ref?: Ref<HTMLAnchorElement>;
}

/** A link to a screen, whose address is checked against the screens there are. */
export const ScreenLink = createLink((props: PlainAnchorProps): ReactNode => <Anchor {...props} />);

/** The same, in the shape of a button: for the one next step. */
export const ButtonLink = createLink(
  (props: PlainButtonProps): ReactNode => <Button component="a" {...props} />,
);

import { Group, Text, Title } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import classes from './screen.module.css';

interface ScreenProps {
  /** The question or the noun this screen is about; also its heading. */
  readonly title: string;
  /** What the browser's tab and history say, where the title names a person. */
  readonly documentTitle?: string;
  readonly subtitle?: ReactNode;
  /** Buttons beside the title; the most important first. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

let isFirstScreen = true;

/** The frame of every screen: heading, document title, and the focus on the heading after a change of screen. */
export function Screen(props: ScreenProps): ReactNode {
  const { title, documentTitle = title, subtitle, actions, children } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    document.title = `${documentTitle} · Navigator`;
  }, [documentTitle]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another screen, even in the same component.
  useEffect(() => {
    if (!isFirstScreen && !isFieldFocused()) heading.current?.focus({ preventScroll: true });
    isFirstScreen = false;
  }, [pathname]);
  return (
    <div className={classes['screen']}>
      <Group justify="space-between" align="flex-start" gap="sm" mb="md">
        <div>
          <Title order={1} ref={heading} tabIndex={-1}>
            {title}
          </Title>
          {subtitle !== undefined && (
            <Text c="dimmed" component="div">
              {subtitle}
            </Text>
          )}
        </div>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </div>
  );
}

// A screen that puts the focus into its first field has said where to begin.
function isFieldFocused(): boolean {
  return document.activeElement?.matches('main input, main textarea, main select') ?? false;
}

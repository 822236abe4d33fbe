import { Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import classes from './door-page.module.css';

interface DoorPageProps {
  readonly title: string;
  readonly subtitle?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of the pages in front of the sign-in; puts the focus into the first field. */
export function DoorPage({ title, subtitle, children }: DoorPageProps): ReactNode {
  const page = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = `${title} · Navigator`;
    page.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }, [title]);
  return (
    <main className={classes['page']} ref={page}>
      <Text className={classes['name']} component="p">
        Navigator
      </Text>
      <Paper className={classes['card']} p="lg">
        <Title order={1}>{title}</Title>
        {subtitle !== undefined && (
          <Text c="dimmed" mt={4}>
            {subtitle}
          </Text>
        )}
        <div className={classes['content']}>{children}</div>
      </Paper>
    </main>
  );
}

import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { nowOfBrowser } from '../clock.ts';
import { sayDay } from '../days.ts';
import classes from './preferences.module.css';
import type { Preferences } from './preferences.ts';

/** What the adviser reads out, word for word: a yes is proved by it. */
export function ReadAloud({
  held: { wording, answeringFor },
}: {
  readonly held: Pick<Preferences, 'wording' | 'answeringFor'>;
}): ReactNode {
  return (
    <figure className={classes['aloud']}>
      {answeringFor.several && (
        <Text fw={700} size="sm" mb={4}>
          You are answering for {answeringFor.legalEntity}
        </Text>
      )}
      <blockquote>“{wording.text}”</blockquote>
      <Text component="figcaption" size="xs" c="dimmed">
        Read this out · counter wording {wording.version}, in force since{' '}
        {sayDay(wording.inForceFrom, nowOfBrowser())}
      </Text>
    </figure>
  );
}

import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { nowOfBrowser } from '../clock.ts';
import { sayDay } from '../days.ts';
import classes from './preferences.module.css';
import type { Method, Preferences } from './preferences.ts';
import { wordsFor } from './preferences.ts';

/** The words of one conversation, as far as they are shown. */
export interface ShownWording {
  readonly wording: Preferences['wording'];
  readonly answeringFor: Preferences['answeringFor'];
}

/** What the adviser reads out, word for word: a yes is proved by it. The phone may have words of its own. */
export function ReadAloud({
  held,
  method,
}: {
  readonly held: ShownWording;
  readonly method: Method | null;
}): ReactNode {
  const { wording, answeringFor } = held;
  const isPhone = method === 'phone';
  const hasTwo = wording.phone.text !== wording.text;
  return (
    <figure className={classes['aloud']}>
      {answeringFor.several && (
        <Text fw={700} size="sm" mb={4}>
          You are answering for {answeringFor.legalEntity}
        </Text>
      )}
      <blockquote aria-live={hasTwo ? 'polite' : undefined}>“{wordsFor(held, method).text}”</blockquote>
      <Text component="figcaption" size="xs" c="dimmed">
        {isPhone && hasTwo ? 'Read this out on the phone' : 'Read this out'} · counter wording{' '}
        {wording.version}, in force since {sayDay(wording.inForceFrom, nowOfBrowser())}
        {hasTwo && method === null && '. On the phone? Choose By phone first: other words are read out.'}
      </Text>
    </figure>
  );
}

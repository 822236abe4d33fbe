import type { QueryClient } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Preferences } from './preferences.ts';
import { preferencesChanged } from './preferences.ts';

/** Where the preferences of a customer stand, as the server says it. */
interface Position {
  readonly sequence: number;
  readonly judgedAt: string;
}

const reconnectMilliseconds = 5_000;

/**
 * Whatever shows this customer follows what others save of them, here or on the customer's own phone. A page that
 * nobody sees holds no stream, since a browser allows a server few connections; seen again, it catches up.
 */
export function useFollowPreferences(customerId: string): void {
  const queries = useQueryClient();
  useEffect(() => follow(queries, customerId), [queries, customerId]);
}

/** Answers how to stop. */
function follow(queries: QueryClient, customerId: string): () => void {
  let stream: EventSource | null = null;
  let reconnect: ReturnType<typeof setTimeout> | undefined;
  let last: Position | null = null;
  const readAgain = (): void => void preferencesChanged(queries, customerId);
  const disconnect = (): void => {
    clearTimeout(reconnect);
    stream?.close();
    stream = null;
  };
  const connect = (): void => {
    if (stream !== null || document.visibilityState === 'hidden') return;
    stream = new EventSource(`/api/v1/customers/${encodeURIComponent(customerId)}/preferences/changes`);
    stream.addEventListener('changed', ({ data }: MessageEvent<string>) => {
      const position = JSON.parse(data) as Position;
      if (isNews(position, last, shownSequence(queries, customerId))) readAgain();
      last = position;
    });
    // Reading is refused then, and whoever reads says why.
    stream.addEventListener('over', () => {
      disconnect();
      readAgain();
    });
    stream.addEventListener('error', () => {
      disconnect();
      // Spread, so that a server that starts again is not asked by every desk at once.
      reconnect = setTimeout(connect, reconnectMilliseconds * (1 + Math.random()));
    });
  };
  const onVisibility = (): void => (document.visibilityState === 'hidden' ? disconnect() : connect());
  document.addEventListener('visibilitychange', onVisibility);
  connect();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    disconnect();
  };
}

/** What was saved here is on screen before its word comes round. */
function isNews(position: Position, last: Position | null, shown: number | null): boolean {
  if (shown === null) return false;
  return (
    position.sequence !== shown ||
    (last !== null && position.judgedAt !== last.judgedAt && position.sequence === last.sequence)
  );
}

/** Null while nothing is on screen yet: what is being read is new. */
function shownSequence(queries: QueryClient, customerId: string): number | null {
  const shown = queries
    .getQueriesData<Preferences>({ queryKey: ['/customers', customerId, 'preferences'] })
    .flatMap(([, data]) => data?.sequence ?? []);
  return shown.length === 0 ? null : Math.min(...shown);
}

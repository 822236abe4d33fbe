/**
 * What became of handing one message over, as a value: whoever sends decides by it what happens next.
 *
 * `unknown` is the honest answer when the connection was lost after the message was handed over and before it was
 * confirmed. It is never sent again blindly: that might reach the customer twice.
 */
export type Outcome =
  | {
      readonly kind: 'accepted';
      /** What the other side calls it, for its receipts; the message id where it says nothing. */
      readonly reference: string;
    }
  | {
      readonly kind: 'refused';
      /** `recipient`: this number or address will never work. `message`, `sender`: another message or setting may. */
      readonly about: 'recipient' | 'message' | 'sender';
      /** The code of the other side; never its sentence, which may repeat the address. */
      readonly code: string;
    }
  | {
      readonly kind: 'try_later';
      readonly code: string;
      /** Milliseconds the other side asked us to wait; null where it did not say. */
      readonly waitMilliseconds: number | null;
    }
  | { readonly kind: 'unknown'; readonly code: string };

/** What a look at a way out found, without sending anything. */
export interface GatewayCheck {
  /** Null where nothing but a message would tell. */
  readonly works: boolean | null;
  /** One sentence for the person who set it up. */
  readonly sentence: string;
}

export function tryLater(code: string, waitMilliseconds: number | null = null): Outcome {
  return { kind: 'try_later', code, waitMilliseconds };
}

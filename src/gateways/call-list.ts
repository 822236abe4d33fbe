/**
 * Calls are made by people. Nothing leaves by machine: what this way out makes is what somebody needs who picks up the
 * telephone, in the order in which it is needed.
 */
export interface CallToMake {
  readonly id: string;
  /** Who is calling, and for whom: said first. */
  readonly opening: string;
  readonly script: string;
  /** What to do when they would rather not be called. */
  readonly closing: string;
  /** For a telephone on the same desk (RFC 3966). */
  readonly dialLink: string;
  /** The number the customer sees. */
  readonly callerNumber: string;
}

export interface CallListGateway {
  prepare(call: Omit<CallToMake, 'dialLink'> & { readonly number: string }): CallToMake;
}

export function callListGateway(): CallListGateway {
  return {
    prepare: ({ number, ...call }) => {
      if (!/^\+[1-9]\d{6,14}$/.test(number))
        throw new RangeError('A number to dial is written as +441144960123.');
      return { ...call, dialLink: `tel:${number}` };
    },
  };
}

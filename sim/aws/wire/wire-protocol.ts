import type { Decoded } from './codecs.ts';
import type { WireRequest, WireResponse } from './messages.ts';
import type { ModelledError, Operation } from './operations.ts';
import { Refusal } from './refusal.ts';

export interface Decoding {
  readonly operation: Operation;
  readonly input: Decoded;
}

/** The code that goes over the wire and the status; `queryCode` is for those who remember the query protocol. */
export type WireError = Pick<ModelledError, 'wireCode' | 'queryCode'> & { readonly status: number };

/** How requests, answers and errors of a service stand on the wire. `decode` throws Refusal. */
export interface WireProtocol {
  decode(request: WireRequest): Promise<Decoding>;
  /** What the request says it asks for, also when nothing can be made of it. */
  nameOf(request: WireRequest): string;
  encode(operation: Operation, output: Decoded, requestId: string): WireResponse;
  refuse(refusal: Refusal, error: WireError, requestId: string): WireResponse;
}

export function knownOperation(operations: ReadonlyMap<string, Operation>, name: string, code: string): Operation {
  const operation = operations.get(name);
  if (!operation) {
    throw new Refusal(code, `The action ${name} is not valid for this web service.`);
  }
  return operation;
}

/** Runs a decoder; a body it cannot read is the caller's error. */
export async function readable<T>(code: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new Refusal(code, error instanceof Error ? error.message : 'the body cannot be read');
  }
}

import { CborCodec, cbor } from '@smithy/core/cbor';
import type { WireRequest } from './messages.ts';
import type { Operation } from './operations.ts';
import { Refusal } from './refusal.ts';
import { knownOperation, readable, type WireProtocol } from './wire-protocol.ts';

const codec = new CborCodec();

/** `/service/<service>/operation/<operation>` */
const PATH = /\/service\/([^/]+)\/operation\/([^/?]+)$/;

export const isCbor = ({ headers }: WireRequest): boolean => headers['smithy-protocol'] === 'rpc-v2-cbor';

/** https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html */
export function cborProtocol(operations: ReadonlyMap<string, Operation>): WireProtocol {
  const headers = (requestId: string) => ({
    'content-type': 'application/cbor',
    'smithy-protocol': 'rpc-v2-cbor',
    'x-amzn-requestid': requestId,
  });
  const nameOf = ({ url }: WireRequest): string => PATH.exec(url.split('?')[0] ?? '')?.[2] ?? '';
  return {
    nameOf,
    async decode(request) {
      const operation = knownOperation(operations, nameOf(request), 'UnknownOperationException');
      const input = await readable('SerializationException', () => read(operation, request.body));
      return { operation, input };
    },
    encode(operation, output, requestId) {
      const serializer = codec.createSerializer();
      serializer.write(operation.output, output);
      return { status: 200, headers: headers(requestId), body: serializer.flush() };
    },
    refuse: (refusal, { status, queryCode = refusal.code }, requestId) => ({
      status,
      headers: {
        ...headers(requestId),
        'x-amzn-query-error': `${queryCode};${status >= 500 ? 'Receiver' : 'Sender'}`,
      },
      body: cbor.serialize({ __type: refusal.code, message: refusal.message, ...refusal.members }),
    }),
  };
}

function read({ input }: Operation, body: Buffer): Record<string, unknown> {
  if (body.length === 0 || input.isUnitSchema()) {
    return {};
  }
  const value: unknown = codec.createDeserializer().read(input, body);
  if (typeof value !== 'object' || value === null) {
    throw new Refusal('SerializationException', 'the body is no map');
  }
  return { ...value };
}

import { readJson, readXml, writeJson, writeRestXml } from './codecs.ts';
import type { WireRequest } from './messages.ts';
import type { Operation } from './operations.ts';
import { Refusal } from './refusal.ts';
import { matchRest, targetOf } from './rest.ts';
import { encodeRest } from './rest-answer.ts';
import { decodeRest } from './rest-request.ts';
import { type Decoding, readable, type WireProtocol } from './wire-protocol.ts';
import { errorElement, xmlHeaders } from './xml-errors.ts';

interface Language {
  /** The code that says a request cannot be read. */
  readonly malformed: string;
  readonly read: Parameters<typeof decodeRest>[0]['read'];
}

const nameOf = ({ method, url }: WireRequest): string => `${method} ${url.split('?')[0]}`;

function decoder(operations: ReadonlyMap<string, Operation>, { malformed, read }: Language) {
  return async ({ method, url, headers, body }: WireRequest): Promise<Decoding> => {
    const match = await readable(malformed, () => matchRest(operations.values(), targetOf(method, url, headers)));
    if (!match) {
      throw new Refusal('InvalidAction', `no operation answers ${method} ${url}`, { status: 404 });
    }
    const input = await readable(malformed, async () => await decodeRest({ match, headers, body, read }));
    return { operation: match.operation, input };
  };
}

export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html */
export function restXmlProtocol(operations: ReadonlyMap<string, Operation>): WireProtocol {
  return {
    nameOf,
    decode: decoder(operations, { malformed: 'MalformedInput', read: readXml }),
    encode(operation, output, requestId) {
      const { status, headers, body } = encodeRest(
        operation,
        output,
        (schema, value) => `${XML_DECLARATION}${writeRestXml(schema, value)}`,
      );
      return { status, headers: { ...xmlHeaders(requestId), ...headers }, body };
    },
    // Not the bare <InvalidChangeBatch><Messages> form of old documentation: current SDKs read that as "Unknown".
    refuse: (refusal, { wireCode, status }, requestId) => ({
      status,
      headers: xmlHeaders(requestId),
      body: `<ErrorResponse>${errorElement(refusal, wireCode, status)}<RequestId>${requestId}</RequestId></ErrorResponse>`,
    }),
  };
}

/** The code of an error stands in a header: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
export function restJsonProtocol(operations: ReadonlyMap<string, Operation>): WireProtocol {
  const common = (requestId: string) => ({ 'content-type': 'application/json', 'x-amzn-requestid': requestId });
  return {
    nameOf,
    decode: decoder(operations, { malformed: 'SerializationException', read: readJson }),
    encode(operation, output, requestId) {
      const { status, headers, body } = encodeRest(operation, output, writeJson);
      return { status, headers: { ...common(requestId), ...headers }, body };
    },
    refuse: (refusal, { wireCode, status }, requestId) => ({
      status,
      headers: { ...common(requestId), 'x-amzn-errortype': wireCode },
      body: JSON.stringify({
        Type: status >= 500 ? 'Service' : 'User',
        Message: refusal.message,
        ...refusal.members,
      }),
    }),
  };
}

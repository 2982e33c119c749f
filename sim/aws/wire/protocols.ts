import { type Decoded, escapeXml, readJson, writeInnerXml, writeJson } from './codecs.ts';
import { decodeForm } from './form.ts';
import type { WireRequest, WireResponse } from './messages.ts';
import type { ModelledError, Operation } from './operations.ts';
import { Refusal } from './refusal.ts';
import { decodeRest, encodeRest, matchRest } from './rest.ts';

type Protocol = 'query' | 'ec2' | 'json' | 'rest-xml';

/** What of a service's definition decides how it stands on the wire. */
export interface Dialect {
  readonly protocol: Protocol;
  /** Only for `query` and `ec2`. */
  readonly xmlNamespace?: string;
  /** Only for `json`: what stands before the dot in `X-Amz-Target`. */
  readonly targetPrefix?: string;
}

interface Decoding {
  readonly operation: Operation;
  readonly input: Decoded;
}

/** How requests, answers and errors of a service stand on the wire. `decode` throws Refusal. */
interface WireProtocol {
  decode(request: WireRequest): Promise<Decoding>;
  /** What the request says it asks for, also when nothing can be made of it. */
  nameOf(request: WireRequest): string;
  encode(operation: Operation, output: Decoded, requestId: string): WireResponse;
  refuse(refusal: Refusal, modelled: ModelledError, requestId: string): WireResponse;
}

export function createProtocol(definition: Dialect, operations: ReadonlyMap<string, Operation>): WireProtocol {
  switch (definition.protocol) {
    case 'json':
      return jsonProtocol(definition, operations);
    case 'query':
    case 'ec2':
      return queryProtocol(definition, definition.protocol, operations);
    case 'rest-xml':
      return restXmlProtocol(operations);
  }
}

function known(operations: ReadonlyMap<string, Operation>, name: string, code: string): Operation {
  const operation = operations.get(name);
  if (!operation) {
    throw new Refusal(code, `The action ${name} is not valid for this web service.`);
  }
  return operation;
}

/** Runs a decoder; a body it cannot read is the caller's error. */
async function readable<T>(code: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new Refusal(code, error instanceof Error ? error.message : 'the body cannot be read');
  }
}

function jsonProtocol({ targetPrefix }: Dialect, operations: ReadonlyMap<string, Operation>): WireProtocol {
  const headers = (requestId: string) => ({
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': requestId,
  });
  const targetOf = ({ headers: sent }: WireRequest): string => String(sent['x-amz-target'] ?? '');
  const nameOf = (request: WireRequest): string => targetOf(request).split('.').at(-1) ?? '';
  return {
    nameOf,
    async decode(request) {
      const name = nameOf(request);
      if (targetOf(request) !== `${targetPrefix}.${name}`) {
        throw new Refusal('UnknownOperationException', `There is no target ${targetOf(request)} here.`);
      }
      const operation = known(operations, name, 'UnknownOperationException');
      const body = request.body.length > 0 ? request.body : Buffer.from('{}');
      const input = await readable('SerializationException', async () => await readJson(operation.input, body));
      return { operation, input };
    },
    encode: (operation, output, requestId) => ({
      status: 200,
      headers: headers(requestId),
      body: writeJson(operation.output, output),
    }),
    // The shape name: wire codes of their own (`awsQueryError`) belong to the query protocols only.
    refuse: (refusal, { status }, requestId) => ({
      status,
      headers: headers(requestId),
      body: JSON.stringify({ __type: refusal.code, message: refusal.message, ...refusal.members }),
    }),
  };
}

/** Every service names the request in this header; the SDK reads it from there first. */
const xmlHeaders = (requestId: string) => ({ 'content-type': 'text/xml', 'x-amzn-requestid': requestId });

function errorElement(refusal: Refusal, wireCode: string, status: number): string {
  const type = status >= 500 ? 'Receiver' : 'Sender';
  return `<Error><Type>${type}</Type><Code>${wireCode}</Code><Message>${escapeXml(refusal.message)}</Message></Error>`;
}

function queryProtocol(
  { xmlNamespace = '' }: Dialect,
  protocol: 'query' | 'ec2',
  operations: ReadonlyMap<string, Operation>,
): WireProtocol {
  const formOf = ({ method, url, body }: WireRequest): URLSearchParams =>
    new URLSearchParams(method === 'GET' ? (url.split('?')[1] ?? '') : body.toString());
  return {
    nameOf: (request) => formOf(request).get('Action') ?? '',
    async decode(request) {
      const form = formOf(request);
      const operation = known(operations, form.get('Action') ?? '', 'InvalidAction');
      const input = await readable('InvalidParameterValue', () => decodeForm(operation.input, form, protocol));
      return { operation, input };
    },
    encode({ name, output: schema }, output, requestId) {
      const inner = writeInnerXml(schema, output);
      const content =
        protocol === 'ec2'
          ? `${inner}<requestId>${requestId}</requestId>`
          : `<${name}Result>${inner}</${name}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
      return {
        status: 200,
        headers: xmlHeaders(requestId),
        body: `<${name}Response xmlns="${xmlNamespace}">${content}</${name}Response>`,
      };
    },
    refuse(refusal, { wireCode, status }, requestId) {
      const error = errorElement(refusal, wireCode, status);
      const body =
        protocol === 'ec2'
          ? `<Response><Errors>${error}</Errors><RequestID>${requestId}</RequestID></Response>`
          : `<ErrorResponse xmlns="${xmlNamespace}">${error}<RequestId>${requestId}</RequestId></ErrorResponse>`;
      return { status, headers: xmlHeaders(requestId), body };
    },
  };
}

function restXmlProtocol(operations: ReadonlyMap<string, Operation>): WireProtocol {
  return {
    nameOf: ({ method, url }) => `${method} ${url.split('?')[0]}`,
    async decode(request) {
      const match = await readable('MalformedInput', () =>
        matchRest(operations.values(), request.method, new URL(`http://aws.invalid${request.url}`)),
      );
      if (!match) {
        throw new Refusal('InvalidAction', `no operation answers ${request.method} ${request.url}`, { status: 404 });
      }
      const { headers, body } = request;
      const input = await readable('MalformedInput', async () => await decodeRest({ match, headers, body }));
      return { operation: match.operation, input };
    },
    encode(operation, output, requestId) {
      const { headers, body } = encodeRest(operation, output);
      return {
        status: operation.http?.[2] ?? 200,
        headers: { ...xmlHeaders(requestId), ...headers },
        body,
      };
    },
    // Not the bare <InvalidChangeBatch><Messages> form of old documentation: current SDKs read that as "Unknown".
    refuse: (refusal, { wireCode, status }, requestId) => ({
      status,
      headers: xmlHeaders(requestId),
      body: `<ErrorResponse>${errorElement(refusal, wireCode, status)}<RequestId>${requestId}</RequestId></ErrorResponse>`,
    }),
  };
}

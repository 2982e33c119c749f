import { cborProtocol, isCbor } from './cbor-protocol.ts';
import { readJson, writeInnerXml, writeJson } from './codecs.ts';
import { decodeForm } from './form.ts';
import type { WireRequest } from './messages.ts';
import type { Operation } from './operations.ts';
import { Refusal } from './refusal.ts';
import { restJsonProtocol, restXmlProtocol } from './rest-protocols.ts';
import { s3Protocol } from './s3-protocol.ts';
import { knownOperation, readable, type WireProtocol } from './wire-protocol.ts';
import { errorElement, xmlHeaders } from './xml-errors.ts';

type Protocol = 'query' | 'ec2' | 'json' | 'rest-xml' | 'rest-json' | 's3';

/** What of a service's definition decides how it stands on the wire. */
export interface Dialect {
  readonly protocol: Protocol;
  /** Only for `query` and `ec2`, and for `json` where `speaksQueryToo`. */
  readonly xmlNamespace?: string;
  /** Only for `json`: what stands before the dot in `X-Amz-Target`. */
  readonly targetPrefix?: string;
  /** Only for `json`; the default is 1.1. */
  readonly jsonVersion?: '1.0' | '1.1';
  /**
   * Only for `json`: the service spoke `query` once and answers older clients in it still. Newer ones are told the older
   * code of an error too. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait
   */
  readonly speaksQueryToo?: boolean;
  /** Only where `speaksQueryToo`: newer clients, the AWS CLI among them, may speak Smithy's RPC in CBOR. */
  readonly speaksCborToo?: boolean;
}

/** The protocol that a request of the service is in. */
export function createProtocols(
  definition: Dialect,
  operations: ReadonlyMap<string, Operation>,
): (request: WireRequest) => WireProtocol {
  const usual = createProtocol(definition, operations);
  if (!definition.speaksQueryToo) {
    return () => usual;
  }
  const older = queryProtocol(definition, 'query', operations);
  const newest = definition.speaksCborToo ? cborProtocol(operations) : undefined;
  return (request) => {
    if (newest && isCbor(request)) {
      return newest;
    }
    return request.headers['x-amz-target'] === undefined ? older : usual;
  };
}

function createProtocol(definition: Dialect, operations: ReadonlyMap<string, Operation>): WireProtocol {
  switch (definition.protocol) {
    case 'json':
      return jsonProtocol(definition, operations);
    case 'query':
    case 'ec2':
      return queryProtocol(definition, definition.protocol, operations);
    case 'rest-xml':
      return restXmlProtocol(operations);
    case 'rest-json':
      return restJsonProtocol(operations);
    case 's3':
      return s3Protocol(operations);
  }
}

function jsonProtocol(
  { targetPrefix, jsonVersion = '1.1', speaksQueryToo = false }: Dialect,
  operations: ReadonlyMap<string, Operation>,
): WireProtocol {
  const headers = (requestId: string) => ({
    'content-type': `application/x-amz-json-${jsonVersion}`,
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
      const operation = knownOperation(operations, name, 'UnknownOperationException');
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
    refuse: (refusal, { status, queryCode = refusal.code }, requestId) => ({
      status,
      headers: {
        ...headers(requestId),
        ...(speaksQueryToo && { 'x-amzn-query-error': `${queryCode};${faultOf(status)}` }),
      },
      body: JSON.stringify({ __type: refusal.code, message: refusal.message, ...refusal.members }),
    }),
  };
}

const faultOf = (status: number): string => (status >= 500 ? 'Receiver' : 'Sender');

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
      const operation = knownOperation(operations, form.get('Action') ?? '', 'InvalidAction');
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
    refuse(refusal, { wireCode, queryCode = wireCode, status }, requestId) {
      const error = errorElement(refusal, queryCode, status);
      const body =
        protocol === 'ec2'
          ? `<Response><Errors>${error}</Errors><RequestID>${requestId}</RequestID></Response>`
          : `<ErrorResponse xmlns="${xmlNamespace}">${error}<RequestId>${requestId}</RequestId></ErrorResponse>`;
      return { status, headers: xmlHeaders(requestId), body };
    },
  };
}

import type { IncomingHttpHeaders } from 'node:http';
import { type Decoded, escapeXml, readJson, writeInnerXml, writeJson } from './codecs.ts';
import { decodeForm } from './form.ts';
import {
  type ModelledError,
  missingMembers,
  type Operation,
  type SdkModule,
  errorsOf,
  operationsOf,
} from './operations.ts';
import { Refusal } from './refusal.ts';
import { decodeRest, encodeRest, matchRest } from './rest.ts';

export type Protocol = 'query' | 'ec2' | 'json' | 'rest-xml';

/** Does the work of one operation. Throws `Refusal` for what the service would refuse. */
// Inputs and outputs are the SDK's own types for the operation; the table below holds many different ones.
// oxlint-disable-next-line typescript/no-explicit-any
export type Handler = (input: any) => unknown;

export interface ServiceDefinition {
  /** The name in SigV4 credential scopes, by which one port serves all services: `rds`, `elasticloadbalancing`, `logs`. */
  readonly signingName: string;
  readonly protocol: Protocol;
  readonly sdk: SdkModule;
  /** Only for `query` and `ec2`. */
  readonly xmlNamespace?: string;
  /** By operation name; what is missing is answered as an unknown operation. */
  readonly handlers: Readonly<Record<string, Handler>>;
}

export interface WireRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request after decoding, as rules that stand before the work (faults, rates, the log) see it. */
export interface Call {
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly requestId: string;
}

/** Carries out a call, or refuses it before its handler runs. */
export type Guard = (call: Call, work: () => Promise<unknown>) => Promise<unknown>;

export interface Service {
  readonly signingName: string;
  answer(request: WireRequest, requestId: string): Promise<WireResponse>;
}

/** A service on the wire: decodes with the SDK's own schemas, asks `guard`, runs the handler, encodes the answer or the error. */
export function createService(definition: ServiceDefinition, guard: Guard): Service {
  const operations = operationsOf(definition.sdk);
  const errors = errorsOf(definition.sdk);
  const wire = createProtocol(definition, operations);

  async function perform(operation: Operation, input: Decoded, requestId: string): Promise<Decoded> {
    const handler = definition.handlers[operation.name];
    const call = { service: definition.signingName, operation: operation.name, input, requestId };
    const output = await guard(call, async () => {
      const missing = missingMembers(operation.input, input);
      if (missing.length > 0) {
        throw new Refusal('ValidationException', `missing required: ${missing.join(', ')}`);
      }
      if (!handler) {
        throw new Refusal('InvalidAction', `The local cloud does not know ${operation.name}.`);
      }
      return await handler(input);
    });
    return (output ?? {}) as Decoded;
  }

  return {
    signingName: definition.signingName,
    async answer(request, requestId) {
      try {
        const { operation, input } = await wire.decode(request);
        return wire.encode(operation, await perform(operation, input, requestId), requestId);
      } catch (error) {
        if (error instanceof Refusal) {
          return wire.refuse(
            error,
            errors.get(error.code) ?? { wireCode: error.code, status: error.status },
            requestId,
          );
        }
        throw error;
      }
    },
  };
}

interface WireProtocol {
  decode(request: WireRequest): Promise<{ operation: Operation; input: Decoded }>;
  encode(operation: Operation, output: Decoded, requestId: string): WireResponse;
  refuse(refusal: Refusal, modelled: ModelledError, requestId: string): WireResponse;
}

function createProtocol(definition: ServiceDefinition, operations: ReadonlyMap<string, Operation>): WireProtocol {
  switch (definition.protocol) {
    case 'json':
      return jsonProtocol(operations);
    case 'query':
    case 'ec2':
      return queryProtocol(definition, definition.protocol, operations);
    case 'rest-xml':
      return restXmlProtocol(operations);
  }
}

function known(operations: ReadonlyMap<string, Operation>, name: string | undefined): Operation {
  const operation = name === undefined ? undefined : operations.get(name);
  if (!operation) {
    throw new Refusal('InvalidAction', `The action ${name ?? '(none)'} is not valid for this endpoint.`);
  }
  return operation;
}

function jsonProtocol(operations: ReadonlyMap<string, Operation>): WireProtocol {
  const headers = (requestId: string) => ({
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': requestId,
  });
  return {
    async decode({ headers: sent, body }) {
      const target = String(sent['x-amz-target'] ?? '');
      const operation = known(operations, target.split('.').at(-1));
      return { operation, input: await readJson(operation.input, body.length > 0 ? body : Buffer.from('{}')) };
    },
    encode: (operation, output, requestId) => ({
      status: 200,
      headers: headers(requestId),
      body: writeJson(operation.output, output),
    }),
    refuse: (refusal, { wireCode, status }, requestId) => ({
      status,
      headers: headers(requestId),
      body: JSON.stringify({ __type: wireCode, message: refusal.message, ...refusal.members }),
    }),
  };
}

const XML = { 'content-type': 'text/xml' };

function errorElement(refusal: Refusal, wireCode: string, status: number): string {
  const type = status >= 500 ? 'Receiver' : 'Sender';
  return `<Error><Type>${type}</Type><Code>${wireCode}</Code><Message>${escapeXml(refusal.message)}</Message></Error>`;
}

function queryProtocol(
  { xmlNamespace = '' }: ServiceDefinition,
  protocol: 'query' | 'ec2',
  operations: ReadonlyMap<string, Operation>,
): WireProtocol {
  return {
    async decode({ body }) {
      const form = new URLSearchParams(body.toString());
      const operation = known(operations, form.get('Action') ?? undefined);
      return { operation, input: operation.input.isUnitSchema() ? {} : decodeForm(operation.input, form, protocol) };
    },
    encode({ name, output: schema }, output, requestId) {
      const inner = writeInnerXml(schema, output);
      const content =
        protocol === 'ec2'
          ? `${inner}<requestId>${requestId}</requestId>`
          : `<${name}Result>${inner}</${name}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
      return {
        status: 200,
        headers: XML,
        body: `<${name}Response xmlns="${xmlNamespace}">${content}</${name}Response>`,
      };
    },
    refuse(refusal, { wireCode, status }, requestId) {
      const error = errorElement(refusal, wireCode, status);
      const body =
        protocol === 'ec2'
          ? `<Response><Errors>${error}</Errors><RequestID>${requestId}</RequestID></Response>`
          : `<ErrorResponse xmlns="${xmlNamespace}">${error}<RequestId>${requestId}</RequestId></ErrorResponse>`;
      return { status, headers: XML, body };
    },
  };
}

function restXmlProtocol(operations: ReadonlyMap<string, Operation>): WireProtocol {
  return {
    async decode(request) {
      const match = matchRest(operations.values(), request.method, new URL(request.url, 'http://aws.invalid'));
      if (!match) {
        throw new Refusal('InvalidAction', `no operation answers ${request.method} ${request.url}`, { status: 404 });
      }
      return {
        operation: match.operation,
        input: await decodeRest({ match, headers: request.headers, body: request.body }),
      };
    },
    encode(operation, output, requestId) {
      const { headers, body } = encodeRest(operation, output);
      return {
        status: operation.http?.[2] ?? 200,
        headers: { ...XML, 'x-amzn-requestid': requestId, ...headers },
        body,
      };
    },
    // Not the bare <InvalidChangeBatch><Messages> form of old documentation: current SDKs read that as "Unknown".
    refuse: (refusal, { wireCode, status }, requestId) => ({
      status,
      headers: { ...XML, 'x-amzn-requestid': requestId },
      body: `<ErrorResponse>${errorElement(refusal, wireCode, status)}<RequestId>${requestId}</RequestId></ErrorResponse>`,
    }),
  };
}

import { Readable } from 'node:stream';
import { HttpResponse } from '@smithy/core/protocols';
import { type Operation, operationsOf, type SdkModule } from '../../../../sim/aws/wire/operations.ts';
import { createService, type ServiceDefinition } from '../../../../sim/aws/wire/service.ts';

/** One call as it looks on either side of the wire. */
export interface Exchange {
  /** The input that the service decoded. */
  readonly received: unknown;
  /** What the client made of the output. */
  readonly answered: unknown;
}

interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface Client {
  send(command: unknown): Promise<unknown>;
}

type Wire = Omit<ServiceDefinition, 'handlers' | 'missingMemberCode'>;

/** The SDK's own client in front of our wire, without a socket between: it encodes, we decode and encode, it decodes. */
export function createLoopback(wire: Wire) {
  const operations = operationsOf(wire.sdk);
  let received: unknown;
  let output: unknown;
  const handlers = Object.fromEntries(
    [...operations.keys()].map((name) => [
      name,
      (input: unknown) => {
        received = input;
        return output;
      },
    ]),
  );
  const service = createService({ ...optional(wire), handlers }, async (_call, work) => await work());

  const requestHandler = {
    async handle(request: HttpRequest) {
      const body = bytesOf(request.body);
      const url = `${request.path}${queryOf(request)}`;
      const { method, headers } = request;
      const answer = await service.answer({ method, url, headers, body }, 'a-request');
      const { status: statusCode } = answer;
      const stream = Readable.from([Buffer.from(answer.body as Uint8Array)]);
      return { response: new HttpResponse({ statusCode, headers: answer.headers, body: stream }) };
    },
  };
  const client = clientOf(wire, requestHandler);

  return {
    operations,
    operationNamed(name: string): Operation {
      const operation = operations.get(name);
      if (!operation) {
        throw new Error(`${wire.signingName} has no operation ${name}`);
      }
      return operation;
    },
    async exchange(name: string, input: unknown, answer: unknown): Promise<Exchange> {
      received = undefined;
      output = answer;
      const answered = await client.send(commandOf(wire.sdk, name, input));
      return { received, answered: await withoutStreams(answered) };
    },
  };
}

/** An answer with the bytes of what the client hands out as a stream. */
async function withoutStreams(answered: unknown): Promise<unknown> {
  const members = Object.entries(answered as Readonly<Record<string, unknown>>).map(async ([name, value]) => [
    name,
    value instanceof Readable ? Uint8Array.from(Buffer.concat(await value.toArray())) : value,
  ]);
  return Object.fromEntries((await Promise.all(members)) as [string, unknown][]);
}

function optional({ xmlNamespace, ...wire }: Wire): Wire {
  return xmlNamespace === undefined ? wire : { ...wire, xmlNamespace };
}

function bytesOf(body: unknown): Buffer {
  if (body instanceof Uint8Array) {
    // Buffer.from(body) asks the body for its string, which the SDK warns of.
    return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  }
  return Buffer.from(typeof body === 'string' ? body : '');
}

function queryOf({ query = {} }: HttpRequest): string {
  const parameters = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => [value ?? ''].flat().map((one): [string, string] => [key, one])),
  ).toString();
  return parameters === '' ? '' : `?${parameters}`;
}

function clientOf({ sdk, signingName }: Wire, requestHandler: unknown): Client {
  const name = Object.keys(sdk).find((key) => /^[A-Z].*Client$/.test(key));
  const Constructor = sdk[name ?? ''] as new (options: unknown) => Client;
  return new Constructor({
    endpoint: 'http://127.0.0.1:1',
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
    requestHandler,
    // SQS's client compares what comes back with what it sent, and answers here are of no particular message.
    ...(signingName === 'sqs' && { md5: false }),
  });
}

function commandOf(sdk: SdkModule, name: string, input: unknown): unknown {
  const Constructor = sdk[`${name}Command`] as new (input: unknown) => unknown;
  return new Constructor(input);
}

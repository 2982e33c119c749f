import { accessKeyOf } from '../signed-for.ts';
import type { Decoded } from './codecs.ts';
import type { Call, Guard } from './guard.ts';
import type { WireRequest, WireResponse } from './messages.ts';
import { errorsOf, missingMembers, type Operation, operationsOf, type SdkModule } from './operations.ts';
import { createProtocols, type Dialect } from './protocols.ts';
import { Refusal } from './refusal.ts';
import type { WireError } from './wire-protocol.ts';

/** Does the work of one operation. Throws `Refusal` for what the service would refuse. */
// oxlint-disable-next-line typescript/no-explicit-any -- one table holds handlers of many different SDK input types
export type Handler = (input: any) => unknown;

export interface ServiceDefinition extends Dialect {
  /** The name in SigV4 credential scopes, by which one port serves all services: `rds`, `elasticloadbalancing`, `logs`. */
  readonly signingName: string;
  readonly sdk: SdkModule;
  /** The code that says a required member is absent. Default: `MissingParameter` over forms, else `ValidationException`. */
  readonly missingMemberCode?: string;
  /** By operation name; what is missing is answered as an unknown operation. */
  readonly handlers: Readonly<Record<string, Handler>>;
}

export interface Service {
  readonly signingName: string;
  /** Rejects with `DroppedConnection` when a guard drops the call, and with whatever a handler throws by mistake. */
  answer(request: WireRequest, requestId: string): Promise<WireResponse>;
  /** The answer to a call that failed by mistake: `InternalFailure`, 500. */
  fail(request: WireRequest, requestId: string): WireResponse;
}

/** A service on the wire: decodes with the SDK's own schemas, asks `guard`, runs the handler, encodes the answer or the error. */
export function createService(definition: ServiceDefinition, guard: Guard): Service {
  const operations = operationsOf(definition.sdk);
  const errors = errorsOf(definition.sdk, { overForms: isForm(definition) });
  const wireFor = createProtocols(definition, operations);

  const modelOf = (refusal: Refusal): WireError => {
    const modelled = errors.get(refusal.code) ?? { wireCode: refusal.code };
    return { ...modelled, status: modelled.status ?? refusal.status };
  };

  async function perform({ name, input: schema }: Operation, input: Decoded): Promise<unknown> {
    const missing = missingMembers(schema, input);
    if (missing.length > 0) {
      throw missingRefusal(definition, missing);
    }
    const handler = definition.handlers[name];
    if (!handler) {
      throw new Refusal('InvalidAction', `The local cloud does not know ${name}.`);
    }
    return await handler(input);
  }

  /** Requests that cannot be decoded pass the guard too, so that they are logged and limited like any other. */
  async function ask(request: WireRequest, requestId: string): Promise<WireResponse> {
    const call = (operation: string, input: Decoded): Call => ({
      service: definition.signingName,
      operation,
      input,
      requestId,
      accessKeyId: accessKeyOf(request),
      headers: request.headers,
      wireCodeOf: (refusal) => modelOf(refusal).wireCode,
    });
    const wire = wireFor(request);
    const decoded = await wire.decode(request).catch((error: unknown) => ({ error }));
    if ('error' in decoded) {
      return await guard(call(wire.nameOf(request), {}), async () => await Promise.reject(decoded.error));
    }
    const { operation, input } = decoded;
    return await guard(call(operation.name, input), async () => {
      const output = (await perform(operation, input)) ?? {};
      return wire.encode(operation, output as Decoded, requestId);
    });
  }

  return {
    signingName: definition.signingName,
    async answer(request, requestId) {
      try {
        return await ask(request, requestId);
      } catch (error) {
        if (error instanceof Refusal) {
          return wireFor(request).refuse(error, modelOf(error), requestId);
        }
        throw error;
      }
    },
    fail: (request, requestId) =>
      wireFor(request).refuse(
        new Refusal('InternalFailure', 'The local cloud failed.'),
        { wireCode: 'InternalFailure', status: 500 },
        requestId,
      ),
  };
}

const isForm = ({ protocol }: Dialect): boolean => protocol === 'query' || protocol === 'ec2';

function missingRefusal(definition: ServiceDefinition, missing: readonly string[]): Refusal {
  const { missingMemberCode } = definition;
  const names = missing.join(', ');
  return isForm(definition)
    ? new Refusal(missingMemberCode ?? 'MissingParameter', `The request must contain the parameter ${names}`)
    : new Refusal(missingMemberCode ?? 'ValidationException', `missing required: ${names}`);
}

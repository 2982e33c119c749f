import type { PutFunctionConcurrencyRequest } from '@aws-sdk/client-lambda';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { type FunctionAsked, functionAsked, invalidValue } from './lookup.ts';

const OF_THE_ACCOUNT = 1000;
const LEAST_UNRESERVED = 100;

/** What others have reserved and a hundred for everybody else stay out of reach. */
function put(world: World, input: PutFunctionConcurrencyRequest): { ReservedConcurrentExecutions: number } {
  const { held } = functionAsked(world, input);
  const { ReservedConcurrentExecutions: wanted = 0 } = input;
  const others = [...world.lambda.functions.values()]
    .filter((other) => other !== held)
    .reduce((sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency, 0);
  if (wanted < 0 || others + wanted > OF_THE_ACCOUNT - LEAST_UNRESERVED) {
    throw invalidValue(
      `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${LEAST_UNRESERVED}].`,
    );
  }
  held.reservedConcurrency = wanted;
  return { ReservedConcurrentExecutions: wanted };
}

export function concurrencyHandlers(world: World): Record<string, Handler> {
  return {
    PutFunctionConcurrency: (input: PutFunctionConcurrencyRequest) => put(world, input),
    GetFunctionConcurrency: (input: FunctionAsked) => {
      const { reservedConcurrency } = functionAsked(world, input).held;
      return reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency };
    },
    DeleteFunctionConcurrency: (input: FunctionAsked) => {
      functionAsked(world, input).held.reservedConcurrency = undefined;
    },
  };
}

import type {
  FunctionEventInvokeConfig,
  GetFunctionEventInvokeConfigRequest,
  PutFunctionEventInvokeConfigRequest,
} from '@aws-sdk/client-lambda';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { within } from './function-rules.ts';
import { functionAsked, invalidValue, notFound } from './lookup.ts';
import type { EventInvokeConfig, LambdaFunction } from './state.ts';

const LEAST_AGE_SECONDS = 60;
const MOST_AGE_SECONDS = 21_600;
const MOST_RETRIES = 2;
const DESTINATION = /^arn:aws:(sqs|sns|lambda|events|s3):/;

type Asked = PutFunctionEventInvokeConfigRequest;

function check({ MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig }: Asked): void {
  within('MaximumRetryAttempts', MaximumRetryAttempts, [0, MOST_RETRIES]);
  within('MaximumEventAgeInSeconds', MaximumEventAgeInSeconds, [LEAST_AGE_SECONDS, MOST_AGE_SECONDS]);
  for (const { Destination } of [DestinationConfig?.OnSuccess ?? {}, DestinationConfig?.OnFailure ?? {}]) {
    if (Destination && !DESTINATION.test(Destination)) {
      throw invalidValue(`The provided destination config DestinationConfig is invalid: ${Destination}`);
    }
  }
}

/** Put takes the place of what was there, Update keeps what it does not name. */
function put(world: World, input: Asked, { keeps }: { keeps: boolean }): FunctionEventInvokeConfig {
  const { held, qualifier } = functionAsked(world, input);
  check(input);
  const before = keeps ? configAsked(held, qualifier) : undefined;
  const config: EventInvokeConfig = {
    modifiedAt: world.clock.now(),
    mostRetries: input.MaximumRetryAttempts ?? before?.mostRetries,
    mostAgeSeconds: input.MaximumEventAgeInSeconds ?? before?.mostAgeSeconds,
    destinations: input.DestinationConfig ?? before?.destinations,
  };
  held.eventInvoke.set(qualifier, config);
  return shapeOf(held, qualifier, config);
}

function configAsked(held: LambdaFunction, qualifier: string): EventInvokeConfig {
  const config = held.eventInvoke.get(qualifier);
  if (!config) {
    throw notFound(`The function ${held.arn}:${qualifier} doesn't have an EventInvokeConfig`);
  }
  return config;
}

function shapeOf(held: LambdaFunction, qualifier: string, config: EventInvokeConfig): FunctionEventInvokeConfig {
  const { modifiedAt, mostRetries, mostAgeSeconds, destinations } = config;
  return {
    LastModified: modifiedAt,
    FunctionArn: `${held.arn}:${qualifier}`,
    ...(mostRetries !== undefined && { MaximumRetryAttempts: mostRetries }),
    ...(mostAgeSeconds !== undefined && { MaximumEventAgeInSeconds: mostAgeSeconds }),
    DestinationConfig: { OnSuccess: {}, OnFailure: {}, ...destinations },
  };
}

export function eventInvokeHandlers(world: World): Record<string, Handler> {
  return {
    PutFunctionEventInvokeConfig: (input: Asked) => put(world, input, { keeps: false }),
    UpdateFunctionEventInvokeConfig: (input: Asked) => put(world, input, { keeps: true }),
    GetFunctionEventInvokeConfig: (input: GetFunctionEventInvokeConfigRequest) => {
      const { held, qualifier } = functionAsked(world, input);
      return shapeOf(held, qualifier, configAsked(held, qualifier));
    },
    ListFunctionEventInvokeConfigs: (input: GetFunctionEventInvokeConfigRequest) => {
      const { held } = functionAsked(world, input);
      return {
        FunctionEventInvokeConfigs: [...held.eventInvoke].map(([qualifier, config]) =>
          shapeOf(held, qualifier, config),
        ),
      };
    },
    DeleteFunctionEventInvokeConfig: (input: GetFunctionEventInvokeConfigRequest) => {
      const { held, qualifier } = functionAsked(world, input);
      configAsked(held, qualifier);
      held.eventInvoke.delete(qualifier);
    },
  };
}

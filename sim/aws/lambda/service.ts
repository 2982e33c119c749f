import * as sdk from '@aws-sdk/client-lambda';
import type { Handler, ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';
import { concurrencyHandlers } from './concurrency.ts';
import { eventInvokeHandlers } from './event-invoke.ts';
import { acceptFromService } from './events.ts';
import { configurationOf, functionShape } from './function-view.ts';
import { createFunction, deleteFunction, listFunctions } from './functions.ts';
import { invoke } from './invoke.ts';
import { type FunctionAsked, functionAsked } from './lookup.ts';
import { addPermission, getPolicy, removePermission } from './permissions.ts';
import { tagHandlers } from './tags.ts';
import { updateCode, updateConfiguration } from './updates.ts';
import { listVersions, publishVersion } from './versions.ts';

/** Functions from zip files, with versions, permissions and events. What they do is for the host of the simulator to say. */
export function lambdaService(world: World): ServiceDefinition {
  world.lambda.accept = (arn, payload) => acceptFromService(world, arn, payload);
  return {
    signingName: 'lambda',
    protocol: 'rest-json',
    sdk,
    missingMemberCode: 'InvalidParameterValueException',
    handlers: {
      CreateFunction: (input) => createFunction(world, input),
      ListFunctions: (input) => listFunctions(world, input),
      DeleteFunction: (input) => deleteFunction(world, input),
      UpdateFunctionCode: (input) => updateCode(world, input),
      UpdateFunctionConfiguration: (input) => updateConfiguration(world, input),
      PublishVersion: (input) => publishVersion(world, input),
      ListVersionsByFunction: (input) => listVersions(world, input),
      AddPermission: (input) => addPermission(world, input),
      GetPolicy: (input) => getPolicy(world, input),
      RemovePermission: (input) => removePermission(world, input),
      Invoke: async (input) => await invoke(world, input),
      ...readingHandlers(world),
      ...eventInvokeHandlers(world),
      ...concurrencyHandlers(world),
      ...tagHandlers(world),
    },
  };
}

function readingHandlers(world: World): Record<string, Handler> {
  return {
    GetFunction: (input: FunctionAsked) => {
      const { held, qualifier } = functionAsked(world, input);
      return functionShape(world, held, qualifier);
    },
    GetFunctionConfiguration: (input: FunctionAsked) => {
      const { held, qualifier } = functionAsked(world, input);
      return configurationOf(world, held, qualifier);
    },
    // No function is signed here.
    GetFunctionCodeSigningConfig: (input: FunctionAsked) => ({ FunctionName: functionAsked(world, input).held.name }),
    GetFunctionRecursionConfig: (input: FunctionAsked) => ({
      RecursiveLoop: functionAsked(world, input).held.recursiveLoop,
    }),
    PutFunctionRecursionConfig: (input: sdk.PutFunctionRecursionConfigRequest) => {
      const { held } = functionAsked(world, input);
      held.recursiveLoop = input.RecursiveLoop ?? held.recursiveLoop;
      return { RecursiveLoop: held.recursiveLoop };
    },
  };
}

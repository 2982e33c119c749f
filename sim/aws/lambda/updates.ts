import type {
  FunctionConfiguration,
  UpdateFunctionCodeRequest,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import type { World } from '../world.ts';
import { codeAsked } from './code.ts';
import { checkSettings } from './function-rules.ts';
import { configurationOf } from './function-view.ts';
import { checkRevision, checkSettled, functionAsked, LATEST, newRevisionId } from './lookup.ts';
import type { LambdaFunction } from './state.ts';
import { publish } from './versions.ts';

function changed(world: World, held: LambdaFunction): void {
  held.modifiedAt = world.clock.now();
  held.revisionId = newRevisionId(world);
  held.lastUpdate = 'InProgress';
  world.clock.after(world.durations.functionUpdated, () => {
    held.lastUpdate = 'Successful';
  });
}

/** What is left out stays. Throws ResourceConflictException while another change is under way. */
export function updateConfiguration(world: World, input: UpdateFunctionConfigurationRequest): FunctionConfiguration {
  const { FunctionName: _, RevisionId, ...asked } = input;
  const { held } = functionAsked(world, input);
  checkSettled(held);
  checkRevision(held, RevisionId);
  checkSettings(world, asked);
  held.settings = { ...held.settings, ...asked };
  changed(world, held);
  return configurationOf(world, held);
}

export function updateCode(world: World, input: UpdateFunctionCodeRequest): FunctionConfiguration {
  const { held } = functionAsked(world, input);
  checkSettled(held);
  checkRevision(held, input.RevisionId);
  const code = codeAsked(world, input);
  if (input.DryRun) {
    return configurationOf(world, { ...held, code });
  }
  held.code = code;
  held.settings = { ...held.settings, ...(input.Architectures && { Architectures: input.Architectures }) };
  changed(world, held);
  const version = input.Publish ? publish(world, held, undefined) : LATEST;
  return configurationOf(world, held, version);
}

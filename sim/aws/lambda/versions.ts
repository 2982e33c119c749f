import type {
  FunctionConfiguration,
  ListVersionsByFunctionRequest,
  ListVersionsByFunctionResponse,
  PublishVersionRequest,
} from '@aws-sdk/client-lambda';
import type { World } from '../world.ts';
import { configurationOf } from './function-view.ts';
import { checkRevision, checkSettled, functionAsked, invalidValue, LATEST } from './lookup.ts';
import type { LambdaFunction } from './state.ts';

/**
 * The number of the new version, or of the newest one when nothing was changed since.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
 */
export function publish(world: World, held: LambdaFunction, description: string | undefined): string {
  const newest = held.versions.at(-1);
  if (newest && newest.code === held.code && newest.settings === held.settings) {
    return newest.number;
  }
  held.versionsMade += 1;
  const number = String(held.versionsMade);
  const { settings, code } = held;
  held.versions.push({ number, publishedAt: world.clock.now(), settings, code, description });
  return number;
}

export function publishVersion(world: World, input: PublishVersionRequest): FunctionConfiguration {
  const { held } = functionAsked(world, input);
  checkSettled(held);
  checkRevision(held, input.RevisionId);
  if (input.CodeSha256 !== undefined && input.CodeSha256 !== held.code.sha256) {
    throw invalidValue(
      `CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${held.code.sha256}). Please try again with the CodeSHA256 in $LATEST.`,
    );
  }
  return configurationOf(world, held, publish(world, held, input.Description));
}

export function listVersions(world: World, input: ListVersionsByFunctionRequest): ListVersionsByFunctionResponse {
  const { held } = functionAsked(world, input);
  const qualifiers = [LATEST, ...held.versions.map(({ number }) => number)];
  return { Versions: qualifiers.map((qualifier) => shape(qualifier)) };

  /** In this list the newest one is named by its qualifier too. */
  function shape(qualifier: string): FunctionConfiguration {
    return { ...configurationOf(world, held, qualifier), FunctionArn: `${held.arn}:${qualifier}` };
  }
}

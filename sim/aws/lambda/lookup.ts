import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import type { LambdaFunction } from './state.ts';

export const LATEST = '$LATEST';

// A name, a partial ARN or an ARN, each with a qualifier or without.
const REFERENCE =
  /^(?:arn:aws:lambda:(?<region>[a-z0-9-]+):)?(?:(?<account>\d{12}):)?(?:function:)?(?<name>[\w-]{1,64})(?::(?<qualifier>\$LATEST|[\w-]+))?$/;

interface Reference {
  readonly name: string;
  readonly qualifier: string | undefined;
}

/** Throws ValidationException. */
export function referenceIn(text: string): Reference {
  const { name, qualifier } = REFERENCE.exec(text)?.groups ?? {};
  if (name === undefined) {
    throw new Refusal(
      'ValidationException',
      `1 validation error detected: Value '${text}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?`,
    );
  }
  return { name, qualifier };
}

export interface FunctionAsked {
  readonly FunctionName?: string | undefined;
  readonly Qualifier?: string | undefined;
}

/** The function and the version that is asked for, `$LATEST` by default. Throws ResourceNotFoundException. */
export function functionAsked(
  world: World,
  { FunctionName = '', Qualifier }: FunctionAsked,
): { held: LambdaFunction; qualifier: string } {
  const { name, qualifier = Qualifier ?? LATEST } = referenceIn(FunctionName);
  const held = world.lambda.functions.get(name);
  const exists = held && (qualifier === LATEST || held.versions.some(({ number }) => number === qualifier));
  if (!exists) {
    const suffix = qualifier === LATEST ? '' : `:${qualifier}`;
    throw notFound(`Function not found: ${functionArn(world, name)}${suffix}`);
  }
  return { held, qualifier };
}

export function functionArn({ region, accountId }: World, name: string): string {
  return `arn:aws:lambda:${region}:${accountId}:function:${name}`;
}

export const notFound = (message: string): Refusal => new Refusal('ResourceNotFoundException', message);

export const invalidValue = (message: string): Refusal => new Refusal('InvalidParameterValueException', message);

/** A function that is still being made or changed takes no further change. */
export function checkSettled({ arn, state, lastUpdate }: LambdaFunction): void {
  if (state === 'Pending') {
    throw new Refusal(
      'ResourceConflictException',
      'The operation cannot be performed at this time. The function is currently in the following state: Pending',
    );
  }
  if (lastUpdate === 'InProgress') {
    throw new Refusal(
      'ResourceConflictException',
      `The operation cannot be performed at this time. An update is in progress for resource: ${arn}`,
    );
  }
}

/** Throws PreconditionFailedException for a revision that is no longer the newest. */
export function checkRevision({ revisionId }: LambdaFunction, asked: string | undefined): void {
  if (asked !== undefined && asked !== revisionId) {
    throw new Refusal(
      'PreconditionFailedException',
      'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    );
  }
}

export function newRevisionId(world: World): string {
  return world.uniqueHex(32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

import type {
  CreateFunctionRequest,
  DeleteFunctionRequest,
  DeleteFunctionResponse,
  FunctionConfiguration,
  ListFunctionsRequest,
  ListFunctionsResponse,
} from '@aws-sdk/client-lambda';
import { pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { codeAsked } from './code.ts';
import { checkSettings } from './function-rules.ts';
import { configurationOf } from './function-view.ts';
import { functionArn, functionAsked, invalidValue, LATEST, newRevisionId, referenceIn } from './lookup.ts';
import type { LambdaFunction, Settings } from './state.ts';
import { keepTags, tagsIn } from './tags.ts';
import { publish } from './versions.ts';

const PAGE = 50;

/** It is Pending for a while. Throws ResourceConflictException for a name that is taken. */
export function createFunction(world: World, input: CreateFunctionRequest): FunctionConfiguration {
  const {
    FunctionName = '',
    Code = {},
    Publish = false,
    PackageType = 'Zip',
    Tags,
    CodeSigningConfigArn: _,
    ...rest
  } = input;
  const { name } = referenceIn(FunctionName);
  const settings = rest as Settings;
  if (PackageType === 'Zip' && (settings.Runtime === undefined || settings.Handler === undefined)) {
    throw invalidValue('Runtime and Handler are mandatory parameters for functions created with deployment packages.');
  }
  const arn = functionArn(world, name);
  if (world.lambda.functions.has(name)) {
    throw new Refusal('ResourceConflictException', `Function already exist: ${name}`);
  }
  checkSettings(world, settings);
  const held: LambdaFunction = {
    name,
    arn,
    settings,
    code: codeAsked(world, Code),
    modifiedAt: world.clock.now(),
    revisionId: newRevisionId(world),
    state: 'Pending',
    lastUpdate: 'Successful',
    versions: [],
    versionsMade: 0,
    permissions: new Map(),
    eventInvoke: new Map(),
    reservedConcurrency: undefined,
    recursiveLoop: 'Terminate',
    tags: {},
    invocations: [],
  };
  keepTags(world, held, tagsIn(Tags));
  world.lambda.functions.set(name, held);
  world.clock.after(world.durations.functionActive, () => {
    held.state = 'Active';
    held.revisionId = newRevisionId(world);
  });
  const version = Publish ? publish(world, held, undefined) : LATEST;
  return configurationOf(world, held, version);
}

export function listFunctions(world: World, input: ListFunctionsRequest): ListFunctionsResponse {
  const all = [...world.lambda.functions.values()].flatMap((held) => {
    const versions = input.FunctionVersion === 'ALL' ? held.versions.map(({ number }) => number) : [];
    return [LATEST, ...versions].map((qualifier) => configurationOf(world, held, qualifier));
  });
  const refuseToken = (): never => {
    throw invalidValue('Invalid Marker');
  };
  const limit = Math.min(input.MaxItems ?? PAGE, PAGE);
  const { items, nextToken } = pageOf(all, { limit, token: input.Marker, refuseToken });
  return { Functions: [...items], ...(nextToken !== undefined && { NextMarker: nextToken }) };
}

/** The whole function, or one published version of it. */
export function deleteFunction(world: World, input: DeleteFunctionRequest): DeleteFunctionResponse {
  const { held, qualifier } = functionAsked(world, input);
  if (qualifier === LATEST && input.Qualifier !== undefined) {
    throw invalidValue('$LATEST version cannot be deleted without deleting the function.');
  }
  if (qualifier === LATEST) {
    world.lambda.functions.delete(held.name);
    world.tagIndex.remove(held.arn);
  } else {
    held.versions.splice(
      held.versions.findIndex(({ number }) => number === qualifier),
      1,
    );
  }
  return { StatusCode: 204 };
}

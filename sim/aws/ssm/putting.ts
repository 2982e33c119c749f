import type { PutParameterRequest, PutParameterResult } from '@aws-sdk/client-ssm';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { checkPattern } from './allowed-pattern.ts';
import { checkParameterName } from './parameter-name.ts';
import type { Parameter, ParameterType } from './state.ts';
import { tagsOf } from './tags.ts';

const standardBytes = 4096;
const advancedBytes = 8192;
const keptVersions = 100;

function checkValue(value: string): void {
  if (value.length === 0) {
    throw new Refusal(
      'ValidationException',
      "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1.",
    );
  }
}

function checkSize(tier: PutParameterRequest['Tier'], bytes: number): void {
  const [limit, words] = tier === 'Standard' ? [standardBytes, 'Standard'] : [advancedBytes, 'Advanced'];
  if (bytes > limit) {
    const advice =
      tier === 'Standard'
        ? ' To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.'
        : '';
    throw new Refusal(
      'ValidationException',
      `${words} tier parameters support a maximum parameter value of ${limit} characters.${advice}`,
    );
  }
}

/** Intelligent tiering picks the cheaper tier that holds the value. A parameter never goes back from Advanced. */
function tierFor(input: PutParameterRequest, existing: Parameter | undefined): Parameter['tier'] {
  const held = existing?.tier ?? 'Standard';
  const asked = input.Tier ?? held;
  const bytes = Buffer.byteLength(input.Value ?? '');
  if (asked === 'Standard' && held === 'Advanced') {
    throw new Refusal(
      'ValidationException',
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier.",
    );
  }
  checkSize(asked, bytes);
  return asked === 'Advanced' || bytes > standardBytes ? 'Advanced' : held;
}

function typeOf(input: PutParameterRequest): ParameterType {
  if (input.Type === undefined) {
    throw new Refusal('ValidationException', 'A parameter type is required when you create a parameter.');
  }
  if (!['String', 'StringList', 'SecureString'].includes(input.Type)) {
    throw new Refusal('UnsupportedParameterType', `The parameter type ${input.Type} is not supported.`);
  }
  return input.Type;
}

function refuseConflicts(input: PutParameterRequest, existing: Parameter | undefined): void {
  if (input.Overwrite && input.Tags?.length) {
    throw new Refusal(
      'ValidationException',
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
    );
  }
  if (existing && !input.Overwrite) {
    throw new Refusal(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    );
  }
}

function create(world: World, input: PutParameterRequest): Parameter {
  const name = input.Name ?? '';
  const parameter: Parameter = {
    name,
    arn: `arn:aws:ssm:${world.region}:${world.accountId}:parameter/${name.replace(/^\//, '')}`,
    type: typeOf(input),
    tier: tierFor(input, undefined),
    description: input.Description,
    keyId: input.Type === 'SecureString' ? (input.KeyId ?? 'alias/aws/ssm') : undefined,
    dataType: input.DataType ?? 'text',
    allowedPattern: input.AllowedPattern,
    tags: tagsOf(input.Tags),
    versions: [],
  };
  world.ssm.parameters.set(name, parameter);
  world.tagIndex.put(parameter.arn, parameter.tags);
  return parameter;
}

function overwrite(parameter: Parameter, input: PutParameterRequest): Parameter {
  parameter.tier = tierFor(input, parameter);
  parameter.type = input.Type === undefined ? parameter.type : typeOf(input);
  parameter.description = input.Description ?? parameter.description;
  parameter.allowedPattern = input.AllowedPattern ?? parameter.allowedPattern;
  if (parameter.type === 'SecureString') {
    parameter.keyId = input.KeyId ?? parameter.keyId ?? 'alias/aws/ssm';
  }
  return parameter;
}

function putParameter(world: World, input: PutParameterRequest): PutParameterResult {
  const name = input.Name ?? '';
  checkParameterName(name);
  checkValue(input.Value ?? '');
  const existing = world.ssm.parameters.get(name);
  refuseConflicts(input, existing);
  checkPattern(input.AllowedPattern ?? existing?.allowedPattern, input.Value ?? '');
  const parameter = existing ? overwrite(existing, input) : create(world, input);
  const version = (parameter.versions.at(-1)?.version ?? 0) + 1;
  parameter.versions.push({ version, value: input.Value ?? '', modifiedAt: world.clock.now() });
  if (parameter.versions.length > keptVersions) {
    parameter.versions.shift();
  }
  return { Version: version, Tier: parameter.tier };
}

export function puttingHandlers(world: World): Record<string, Handler> {
  return { PutParameter: (input: PutParameterRequest) => putParameter(world, input) };
}

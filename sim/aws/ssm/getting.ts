import type {
  GetParameterRequest,
  GetParametersByPathRequest,
  GetParametersByPathResult,
  GetParametersRequest,
  GetParametersResult,
  Parameter as ParameterDescription,
} from '@aws-sdk/client-ssm';
import { pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { checkBatch } from './batch.ts';
import { type Found, findParameter, parameterOrRefuse } from './lookup.ts';
import { matchesFilters } from './parameter-filters.ts';

const pathPageSize = 10;

function describe({ parameter, version, selector }: Found, decrypt = false): ParameterDescription {
  const hidden = parameter.type === 'SecureString' && !decrypt;
  return {
    Name: parameter.name,
    Type: parameter.type,
    // Stands for ciphertext: without decryption nobody learns the value.
    Value: hidden ? Buffer.from(`AQICAH${parameter.arn}:${version.version}`).toString('base64') : version.value,
    Version: version.version,
    LastModifiedDate: version.modifiedAt,
    ARN: parameter.arn,
    DataType: parameter.dataType,
    ...(selector !== undefined && { Selector: selector }),
  };
}

function getParameters(world: World, { Names = [], WithDecryption }: GetParametersRequest): GetParametersResult {
  checkBatch(Names);
  const Parameters: ParameterDescription[] = [];
  const InvalidParameters: string[] = [];
  for (const name of new Set(Names)) {
    const found = findParameter(world, name);
    if (found) {
      Parameters.push(describe(found, WithDecryption));
    } else {
      InvalidParameters.push(name);
    }
  }
  return { Parameters, InvalidParameters };
}

function getParametersByPath(world: World, input: GetParametersByPathRequest): GetParametersByPathResult {
  const path = input.Path ?? '';
  if (!path.startsWith('/')) {
    throw new Refusal(
      'ValidationException',
      'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/".',
    );
  }
  const limit = input.MaxResults ?? pathPageSize;
  if (limit < 1 || limit > pathPageSize) {
    throw new Refusal(
      'ValidationException',
      `1 validation error detected: Value '${limit}' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to ${pathPageSize}`,
    );
  }
  const prefix = path.endsWith('/') ? path : `${path}/`;
  const below = [...world.ssm.parameters.values()]
    .filter(({ name }) => name.startsWith(prefix))
    .filter(({ name }) => input.Recursive === true || !name.slice(prefix.length).includes('/'))
    .filter((parameter) => matchesFilters(parameter, input.ParameterFilters))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const { items, nextToken } = pageOf(below, {
    limit,
    token: input.NextToken,
    refuseToken() {
      throw new Refusal('InvalidNextToken', 'The specified token is not valid.');
    },
  });
  return {
    Parameters: items.map(({ name }) => describe(parameterOrRefuse(world, name), input.WithDecryption)),
    NextToken: nextToken,
  };
}

export function gettingHandlers(world: World): Record<string, Handler> {
  return {
    GetParameter: ({ Name, WithDecryption }: GetParameterRequest) => ({
      Parameter: describe(parameterOrRefuse(world, Name), WithDecryption),
    }),
    GetParameters: (input: GetParametersRequest) => getParameters(world, input),
    GetParametersByPath: (input: GetParametersByPathRequest) => getParametersByPath(world, input),
  };
}

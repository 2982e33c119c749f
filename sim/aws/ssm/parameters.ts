import type {
  DeleteParameterRequest,
  DeleteParametersRequest,
  DeleteParametersResult,
  DescribeParametersRequest,
  DescribeParametersResult,
  ParameterMetadata,
} from '@aws-sdk/client-ssm';
import { pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { checkBatch } from './batch.ts';
import { parameterOrRefuse } from './lookup.ts';
import { matchesFilters } from './parameter-filters.ts';
import type { Parameter } from './state.ts';

function describe(parameter: Parameter): ParameterMetadata {
  const current = parameter.versions.at(-1);
  return {
    Name: parameter.name,
    ARN: parameter.arn,
    Type: parameter.type,
    Tier: parameter.tier,
    DataType: parameter.dataType,
    Policies: [],
    ...(parameter.description !== undefined && { Description: parameter.description }),
    ...(parameter.allowedPattern !== undefined && { AllowedPattern: parameter.allowedPattern }),
    ...(parameter.keyId !== undefined && { KeyId: parameter.keyId }),
    ...(current && { Version: current.version, LastModifiedDate: current.modifiedAt }),
  };
}

function describeParameters(world: World, input: DescribeParametersRequest): DescribeParametersResult {
  const filters = [
    ...(input.ParameterFilters ?? []),
    // The older form compares whole values for everything but the name.
    ...(input.Filters ?? []).map(({ Key, Values }) => ({
      Key,
      Values,
      Option: Key === 'Name' ? 'BeginsWith' : 'Equals',
    })),
  ];
  const matching = [...world.ssm.parameters.values()]
    .filter((parameter) => matchesFilters(parameter, filters))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const { items, nextToken } = pageOf(matching, {
    limit: input.MaxResults ?? 50,
    token: input.NextToken,
    refuseToken() {
      throw new Refusal('InvalidNextToken', 'The specified token is not valid.');
    },
  });
  return { Parameters: items.map(describe), NextToken: nextToken };
}

function remove(world: World, { name, arn }: Parameter): void {
  world.ssm.parameters.delete(name);
  world.tagIndex.remove(arn);
}

function deleteParameters(world: World, { Names = [] }: DeleteParametersRequest): DeleteParametersResult {
  checkBatch(Names);
  const DeletedParameters: string[] = [];
  const InvalidParameters: string[] = [];
  for (const name of Names) {
    const parameter = world.ssm.parameters.get(name);
    if (parameter) {
      remove(world, parameter);
      DeletedParameters.push(name);
    } else {
      InvalidParameters.push(name);
    }
  }
  return { DeletedParameters, InvalidParameters };
}

export function parameterHandlers(world: World): Record<string, Handler> {
  return {
    DescribeParameters: (input: DescribeParametersRequest) => describeParameters(world, input),
    DeleteParameter: ({ Name }: DeleteParameterRequest) => remove(world, parameterOrRefuse(world, Name).parameter),
    DeleteParameters: (input: DeleteParametersRequest) => deleteParameters(world, input),
  };
}

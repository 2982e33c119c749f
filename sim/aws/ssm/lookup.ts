import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import type { Parameter, ParameterVersion } from './state.ts';

export interface Found {
  readonly parameter: Parameter;
  readonly version: ParameterVersion;
  /** The `:3` of a name that asked for a version. */
  readonly selector: string | undefined;
}

/** The name a reference means: it may be an ARN, whose resource part drops the leading slash of a hierarchy. */
function parameterNamed(world: World, reference: string): Parameter | undefined {
  const [, resource] = /^arn:aws:ssm:[^:]+:\d{12}:parameter\/(.+)$/.exec(reference) ?? [];
  if (resource === undefined) {
    return world.ssm.parameters.get(reference);
  }
  return world.ssm.parameters.get(`/${resource}`) ?? world.ssm.parameters.get(resource);
}

/** Finds a parameter by name or ARN, with or without `:version`. Undefined when there is none of that name. */
export function findParameter(world: World, reference: string): Found | undefined {
  const exact = parameterNamed(world, reference);
  const [, base = reference, selector] = exact ? [] : (/^(.+):(\d+)$/.exec(reference) ?? []);
  const parameter = exact ?? parameterNamed(world, base);
  if (!parameter) {
    return undefined;
  }
  const version = selector
    ? parameter.versions.find((candidate) => candidate.version === Number(selector))
    : parameter.versions.at(-1);
  if (!version) {
    throw new Refusal(
      'ParameterVersionNotFound',
      `Systems Manager could not find version ${selector} of ${parameter.name}. Verify the version and try again.`,
    );
  }
  return { parameter, version, selector: selector === undefined ? undefined : `:${selector}` };
}

export function parameterOrRefuse(world: World, reference = ''): Found {
  const found = findParameter(world, reference);
  if (!found) {
    throw new Refusal('ParameterNotFound', `Parameter ${reference} not found.`);
  }
  return found;
}

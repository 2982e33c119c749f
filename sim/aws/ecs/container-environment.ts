import type { ContainerDefinition, ContainerOverride } from '@aws-sdk/client-ecs';
import { findSecret, versionOf } from '../secretsmanager/lookup.ts';
import { findParameter } from '../ssm/lookup.ts';
import type { World } from '../world.ts';

/** The plain variables of a container, overrides last. Secrets are added when the task starts. */
export function plainEnvironment(
  definition: ContainerDefinition,
  override: ContainerOverride | undefined,
): Map<string, string> {
  const pairs = [...(definition.environment ?? []), ...(override?.environment ?? [])];
  return new Map(pairs.map(({ name = '', value = '' }) => [name, value]));
}

type Resolved = { readonly value: string } | { readonly problem: string };

const pulling = 'unable to pull secrets or registry auth: execution resource retrieval failed:';

function fromSecretsManager(world: World, valueFrom: string): Resolved {
  const parts = valueFrom.split(':');
  const arn = parts.slice(0, 7).join(':');
  const [jsonKey = '', stage = '', versionId = ''] = parts.slice(7);
  const failed = (cause: string): Resolved => ({
    problem: `${pulling} unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${arn} from secrets manager: ${cause}`,
  });
  const secret = findSecret(world, arn);
  if (!secret) {
    return failed("ResourceNotFoundException: Secrets Manager can't find the specified secret.");
  }
  if (secret.deletedAt) {
    return failed(
      "InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion.",
    );
  }
  const text = versionOf(secret, { id: versionId || undefined, stage: stage || undefined })?.value.text;
  if (text === undefined) {
    return failed("ResourceNotFoundException: Secrets Manager can't find the specified secret value.");
  }
  if (!jsonKey) {
    return { value: text };
  }
  const member = jsonMember(text, jsonKey);
  return member === undefined
    ? { problem: `${pulling} retrieved secret from Secrets Manager did not contain json key ${jsonKey}` }
    : { value: member };
}

function jsonMember(text: string, key: string): string | undefined {
  try {
    const document: unknown = JSON.parse(text);
    const entries = typeof document === 'object' && document !== null ? Object.entries(document) : [];
    const found = entries.find(([name]) => name === key);
    return found && String(found[1]);
  } catch {
    return undefined;
  }
}

function fromParameterStore(world: World, valueFrom: string): Resolved {
  const value = findParameter(world, valueFrom)?.version.value;
  return value === undefined
    ? {
        problem: `${pulling} unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid parameters: ${valueFrom}`,
      }
    : { value };
}

/** The value that `secrets[].valueFrom` of a container stands for, or why ECS cannot have it. */
export function resolveSecret(world: World, valueFrom: string): Resolved {
  return valueFrom.startsWith('arn:aws:secretsmanager:')
    ? fromSecretsManager(world, valueFrom)
    : fromParameterStore(world, valueFrom);
}

/**
 * The database endpoint named in a container's variables, alone or within a URL; undefined when there is none.
 * Endpoints are recognised by the domain of RDS.
 */
export function databaseEndpoint(environment: ReadonlyMap<string, string>): string | undefined {
  for (const value of environment.values()) {
    const [endpoint] = /[a-z0-9-]+(?:\.[a-z0-9-]+)*\.rds\.amazonaws\.com/i.exec(value) ?? [];
    if (endpoint !== undefined) {
      return endpoint;
    }
  }
  return undefined;
}

import type {
  DescribeSecretRequest,
  DescribeSecretResponse,
  Filter,
  ListSecretsRequest,
  ListSecretsResponse,
  SecretListEntry,
} from '@aws-sdk/client-secrets-manager';
import { pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { secretOrRefuse } from './lookup.ts';
import type { Secret } from './state.ts';

function shared(secret: Secret) {
  return {
    ARN: secret.arn,
    Name: secret.name,
    ...(secret.description !== undefined && { Description: secret.description }),
    ...(secret.kmsKeyId !== undefined && { KmsKeyId: secret.kmsKeyId }),
    CreatedDate: secret.createdAt,
    LastChangedDate: secret.changedAt,
    ...(secret.deletedAt && { DeletedDate: secret.deletedAt }),
    Tags: Object.entries(secret.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

function stagesByVersion(secret: Secret): Record<string, string[]> {
  return Object.fromEntries([...secret.versions.values()].map(({ id, stages }) => [id, [...stages]]));
}

function describeSecret(world: World, { SecretId }: DescribeSecretRequest): DescribeSecretResponse {
  const secret = secretOrRefuse(world, SecretId);
  return { ...shared(secret), VersionIdsToStages: stagesByVersion(secret) };
}

function heldValues(secret: Secret, key: Filter['Key']): string[] {
  const byKey: Partial<Record<string, string[]>> = {
    name: [secret.name],
    description: secret.description === undefined ? [] : [secret.description],
    'tag-key': Object.keys(secret.tags),
    'tag-value': Object.values(secret.tags),
  };
  if (key === 'all') {
    return Object.values(byKey).flatMap((values) => values ?? []);
  }
  const held = byKey[key ?? ''];
  if (!held) {
    throw new Refusal('InvalidParameterException', `The filter key ${key} is not known here.`);
  }
  return held;
}

/** Values are prefixes, of which one must match; a leading `!` turns a value round. All filters must hold. */
function matches(secret: Secret, { Key, Values = [] }: Filter): boolean {
  const held = heldValues(secret, Key);
  // Descriptions match without regard to case; names and tags with it (API reference, Filter).
  const fold = (text: string): string => (Key === 'description' || Key === 'all' ? text.toLowerCase() : text);
  return Values.some((value) => {
    const negated = value.startsWith('!');
    const prefix = fold(negated ? value.slice(1) : value);
    return held.some((text) => fold(text).startsWith(prefix)) !== negated;
  });
}

function listSecrets(world: World, input: ListSecretsRequest): ListSecretsResponse {
  const ordered = [...world.secretsManager.secrets.values()]
    .filter((secret) => input.IncludePlannedDeletion === true || !secret.deletedAt)
    .filter((secret) => (input.Filters ?? []).every((filter) => matches(secret, filter)))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const { items, nextToken } = pageOf(input.SortOrder === 'desc' ? ordered.toReversed() : ordered, {
    limit: input.MaxResults ?? 100,
    token: input.NextToken,
    refuseToken() {
      throw new Refusal('InvalidNextTokenException', 'The NextToken value is invalid.');
    },
  });
  const entries = items.map(
    (secret): SecretListEntry => ({ ...shared(secret), SecretVersionsToStages: stagesByVersion(secret) }),
  );
  return { SecretList: entries, NextToken: nextToken };
}

export function describingHandlers(world: World): Record<string, Handler> {
  return {
    DescribeSecret: (input: DescribeSecretRequest) => describeSecret(world, input),
    ListSecrets: (input: ListSecretsRequest) => listSecrets(world, input),
  };
}

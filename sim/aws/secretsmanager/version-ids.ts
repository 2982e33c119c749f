import type { ListSecretVersionIdsRequest, ListSecretVersionIdsResponse } from '@aws-sdk/client-secrets-manager';
import { pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { secretOrRefuse } from './lookup.ts';

/**
 * The versions that have a staging label; versions without one are gone here at once, so `IncludeDeprecated` adds none.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecretVersionIds.html
 */
function listVersionIds(world: World, input: ListSecretVersionIdsRequest): ListSecretVersionIdsResponse {
  const secret = secretOrRefuse(world, input.SecretId);
  const { items, nextToken } = pageOf([...secret.versions.values()], {
    limit: input.MaxResults ?? 100,
    token: input.NextToken,
    refuseToken() {
      throw new Refusal('InvalidNextTokenException', 'The NextToken value is invalid.');
    },
  });
  return {
    ARN: secret.arn,
    Name: secret.name,
    Versions: items.map(({ id, stages, createdAt }) => ({
      VersionId: id,
      VersionStages: [...stages],
      CreatedDate: createdAt,
    })),
    NextToken: nextToken,
  };
}

export function versionIdHandlers(world: World): Record<string, Handler> {
  return { ListSecretVersionIds: (input: ListSecretVersionIdsRequest) => listVersionIds(world, input) };
}

import type {
  AliasListEntry,
  CreateAliasRequest,
  DeleteAliasRequest,
  ListAliasesRequest,
  ListAliasesResponse,
  UpdateAliasRequest,
} from '@aws-sdk/client-kms';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { aliasNamed, keyNamed, kmsArn, ownKeyNamed } from './lookup.ts';
import { predefinedAliases } from './managed-keys.ts';
import { pageIn } from './paging.ts';
import { invalid, refusePendingDeletion } from './refusals.ts';
import type { Key } from './state.ts';

// https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
const MOST_OF_A_KEY = 50;
const LEGAL = /^[a-zA-Z0-9:/_-]{1,256}$/;

/** Throws AlreadyExistsException, also where the alias is the same key's. */
function createAlias(world: World, { AliasName: name = '', TargetKeyId }: CreateAliasRequest): void {
  checkName(name);
  if (world.kms.aliases.has(name)) {
    throw new Refusal('AlreadyExistsException', `An alias with the name ${kmsArn(world, name)} already exists`);
  }
  const key = targetFor(world, name, TargetKeyId);
  const now = world.clock.now();
  world.kms.aliases.set(name, { name, arn: kmsArn(world, name), keyId: key.id, createdAt: now, updatedAt: now });
}

/** The key that it leaves may be pending deletion, the one that it goes to may not. */
function updateAlias(world: World, { AliasName: name = '', TargetKeyId }: UpdateAliasRequest): void {
  checkName(name);
  const alias = aliasNamed(world, name);
  alias.keyId = targetFor(world, name, TargetKeyId).id;
  alias.updatedAt = world.clock.now();
}

function deleteAlias(world: World, { AliasName: name = '' }: DeleteAliasRequest): void {
  checkName(name);
  aliasNamed(world, name);
  world.kms.aliases.delete(name);
}

/** Names that are AWS's are nobody else's to make, move or delete. */
function checkName(name: string): void {
  if (!LEGAL.test(name)) {
    throw invalid('aliasName', name, 'Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$');
  }
  if (!/^alias\/[\w/-]+$/.test(name) || name.startsWith('alias/aws/')) {
    throw new Refusal('InvalidAliasNameException', `${name} does not begin with alias/, or begins with alias/aws/.`);
  }
}

function targetFor(world: World, alias: string, reference: string | undefined): Key {
  const key = ownKeyNamed(world, reference);
  refusePendingDeletion(key);
  const others = [...world.kms.aliases.values()].filter(({ name, keyId }) => keyId === key.id && name !== alias);
  if (others.length >= MOST_OF_A_KEY) {
    throw new Refusal('LimitExceededException', `A key can have at most ${MOST_OF_A_KEY} aliases.`);
  }
  return key;
}

function listAliases(world: World, { KeyId, ...asked }: ListAliasesRequest): ListAliasesResponse {
  const keyId = KeyId === undefined ? undefined : keyNamed(world, KeyId).id;
  const found = aliasEntries(world).filter(({ TargetKeyId }) => keyId === undefined || TargetKeyId === keyId);
  const { items, rest } = pageIn(found, asked, { standard: 50, most: 100 });
  return { Aliases: [...items], ...rest };
}

/** In order of name. */
function aliasEntries(world: World): AliasListEntry[] {
  const { aliases } = world.kms;
  const bare = predefinedAliases
    .filter((name) => !aliases.has(name))
    .map((name) => ({ AliasName: name, AliasArn: kmsArn(world, name) }));
  const kept = [...aliases.values()].map(({ name, arn, keyId, createdAt, updatedAt }) => ({
    AliasName: name,
    AliasArn: arn,
    TargetKeyId: keyId,
    CreationDate: createdAt,
    LastUpdatedDate: updatedAt,
  }));
  return [...bare, ...kept].toSorted((one, other) => (one.AliasName < other.AliasName ? -1 : 1));
}

export function aliasHandlers(world: World): Record<string, Handler> {
  return {
    CreateAlias: (input: CreateAliasRequest) => createAlias(world, input),
    UpdateAlias: (input: UpdateAliasRequest) => updateAlias(world, input),
    DeleteAlias: (input: DeleteAliasRequest) => deleteAlias(world, input),
    ListAliases: (input: ListAliasesRequest) => listAliases(world, input),
  };
}

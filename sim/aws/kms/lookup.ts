import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { managedKeyFor } from './managed-keys.ts';
import { notFound } from './refusals.ts';
import type { Alias, Key } from './state.ts';

export const kmsArn = ({ region, accountId }: World, resource: string): string =>
  `arn:aws:kms:${region}:${accountId}:${resource}`;

/** By key id or key ARN. Throws NotFoundException. */
export function keyNamed(world: World, reference = ''): Key {
  const prefix = kmsArn(world, 'key/');
  const id = reference.startsWith(prefix) ? reference.slice(prefix.length) : reference;
  const key = world.kms.keys.get(id);
  if (key) {
    return key;
  }
  const isId = /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.test(id);
  throw notFound(isId ? `Key '${prefix}${id}' does not exist` : `Invalid keyId '${reference}'`);
}

/**
 * By key id, key ARN, alias name or alias ARN. An alias of AWS without a key is given one, as DescribeKey does
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html). Throws NotFoundException.
 */
export function keyOrAliasNamed(world: World, reference = ''): Key {
  const prefix = kmsArn(world, '');
  const name = reference.startsWith(prefix) ? reference.slice(prefix.length) : reference;
  if (!name.startsWith('alias/')) {
    return keyNamed(world, reference);
  }
  return managedKeyFor(world, name) ?? keyNamed(world, aliasNamed(world, name).keyId);
}

/** Throws NotFoundException. */
export function aliasNamed(world: World, name = ''): Alias {
  const alias = world.kms.aliases.get(name);
  if (!alias) {
    throw notFound(`Alias ${kmsArn(world, name)} is not found.`);
  }
  return alias;
}

/**
 * A key that the account may change, by key id or key ARN. Throws NotFoundException, and AccessDeniedException for an
 * AWS managed key, whose policy lets nobody do so (https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html).
 */
export function ownKeyNamed(world: World, reference: string | undefined): Key {
  const key = keyNamed(world, reference);
  if (key.manager === 'AWS') {
    throw new Refusal('AccessDeniedException', `The policy of the AWS managed key ${key.arn} does not allow this.`);
  }
  return key;
}

import type { World } from '../world.ts';
import { YEAR_DAYS } from './days.ts';
import { keepKey } from './new-key.ts';
import type { Key } from './state.ts';

/** Of the services here that have such a key, as their own pages name it. */
const SERVICES = ['acm', 'ebs', 'ecr', 'elasticache', 'lambda', 'rds', 's3', 'secretsmanager', 'sns', 'sqs', 'ssm'];

/** The aliases that AWS has made: "predefined", with no key until somebody asks for one (ListAliases, API reference). */
export const predefinedAliases: readonly string[] = SERVICES.map((service) => `alias/aws/${service}`);

/** The key behind a predefined alias, made when it is asked for first; undefined for any other alias. */
export function managedKeyFor(world: World, alias: string): Key | undefined {
  if (!predefinedAliases.includes(alias)) {
    return undefined;
  }
  const known = world.kms.keys.get(world.kms.aliases.get(alias)?.keyId ?? '');
  if (known) {
    return known;
  }
  const service = alias.slice('alias/aws/'.length);
  const now = world.clock.now();
  const key = keepKey(world, {
    manager: 'AWS',
    description: `Default key that protects what ${service} keeps when no other key is defined`,
    policy: policyFor(world, service),
    // "The key rotation status for AWS managed KMS keys is always true", every year (GetKeyRotationStatus, API reference).
    rotation: { periodDays: YEAR_DAYS, since: now },
    tags: {},
  });
  const arn = `arn:aws:kms:${world.region}:${world.accountId}:${alias}`;
  world.kms.aliases.set(alias, { name: alias, arn, keyId: key.id, createdAt: now, updatedAt: now });
  return key;
}

/** Only the service uses the key, on behalf of the account; the account reads what it is, and changes nothing. */
function policyFor({ region, accountId }: World, service: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Id: `auto-${service}-1`,
    Statement: [
      {
        Sid: `Allow access through ${service} for all principals in the account that are authorized to use ${service}`,
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:CreateGrant',
          'kms:DescribeKey',
        ],
        Resource: '*',
        Condition: {
          StringEquals: { 'kms:CallerAccount': accountId, 'kms:ViaService': `${service}.${region}.amazonaws.com` },
        },
      },
      {
        Sid: 'Allow direct access to key metadata to the account',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
        Resource: '*',
      },
    ],
  });
}

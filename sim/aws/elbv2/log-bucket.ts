import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { validationError } from './validation-error.ts';

/** Elastic Load Balancing writes with an account of its own in Regions that are older than August 2022. */
const ACCOUNTS: Readonly<Record<string, string>> = { 'eu-west-1': '156460612806', 'eu-west-2': '652711504416' };
const SERVICE = 'logdelivery.elasticloadbalancing.amazonaws.com';

/**
 * Refuses logs that are switched on without a bucket that Elastic Load Balancing can write its test file to. A bucket
 * that is not there is refused in the same words.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html#attach-bucket-policy
 */
export function checkLogBuckets(world: World, attributes: ReadonlyMap<string, string>): void {
  for (const kind of ['access_logs', 'connection_logs']) {
    if (attributes.get(`${kind}.s3.enabled`) === 'true') {
      checkLogBucket(world, {
        bucket: attributes.get(`${kind}.s3.bucket`) ?? '',
        prefix: attributes.get(`${kind}.s3.prefix`) ?? '',
      });
    }
  }
}

function checkLogBucket(world: World, { bucket, prefix }: { bucket: string; prefix: string }): void {
  if (bucket === '') {
    throw validationError('A bucket name must be specified when logs are enabled');
  }
  if (prefix.includes('AWSLogs')) {
    throw validationError(`The prefix '${prefix}' must not include AWSLogs`);
  }
  const folder = prefix === '' ? '' : `${prefix}/`;
  const testFile = `arn:aws:s3:::${bucket}/${folder}AWSLogs/${world.accountId}/ELBAccessLogTestFile`;
  if (!mayWrite(policyOf(world, bucket), { region: world.region, resource: testFile })) {
    throw new Refusal(
      'InvalidConfigurationRequestException',
      `Access Denied for bucket: ${bucket}. Please check S3bucket permission`,
    );
  }
}

function policyOf({ s3 }: World, bucket: string): string | undefined {
  const policy = s3.buckets.get(bucket)?.settings.get('BucketPolicy')?.['Policy'];
  return typeof policy === 'string' ? policy : undefined;
}

interface Statement {
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: unknown;
}

/** Conditions of a grant are taken to hold; a denial counts only without one. */
function mayWrite(policy: string | undefined, { region, resource }: { region: string; resource: string }): boolean {
  const { Statement = [] } = JSON.parse(policy ?? '{}') as { Statement?: Statement | readonly Statement[] };
  const meant = [Statement]
    .flat()
    .filter(
      (statement) =>
        namesDelivery(statement.Principal, region) &&
        [statement.Action ?? []].flat().some((pattern) => matches(pattern.toLowerCase(), 's3:putobject')) &&
        [statement.Resource ?? []].flat().some((pattern) => matches(pattern, resource)),
    );
  const isDenied = meant.some(({ Effect, Condition }) => Effect === 'Deny' && Condition === undefined);
  return !isDenied && meant.some(({ Effect }) => Effect === 'Allow');
}

function namesDelivery(principal: unknown, region: string): boolean {
  if (principal === '*') {
    return true;
  }
  const { AWS = [], Service = [] } = (principal ?? {}) as Record<'AWS' | 'Service', string | string[] | undefined>;
  const account = ACCOUNTS[region];
  const accounts = account === undefined ? [] : [account, `arn:aws:iam::${account}:root`];
  return [Service].flat().includes(SERVICE) || [AWS].flat().some((name) => name === '*' || accounts.includes(name));
}

/** `*` is any number of characters, `?` exactly one. */
function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(text);
}

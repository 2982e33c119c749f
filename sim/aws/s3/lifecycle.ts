import type { LifecycleRule } from '@aws-sdk/client-s3';
import type { World } from '../world.ts';
import { invalidArgument, invalidRequest, malformedXml } from './refusals.ts';

type Value = Readonly<Record<string, unknown>>;

const MOST_RULES = 1000;
const LONGEST_ID = 255;
const DEFAULT_MINIMUM = 'all_storage_classes_128K';

/**
 * The rules that are kept: one without an id is given one. Nothing expires here.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html
 */
export function checkedLifecycle(input: Value, world: World): Value {
  const { Rules = [] } = (input['LifecycleConfiguration'] ?? {}) as { Rules?: LifecycleRule[] };
  if (Rules.length === 0 || Rules.length > MOST_RULES) {
    throw malformedXml();
  }
  const ids = Rules.flatMap(({ ID }) => ID ?? []);
  if (new Set(ids).size < ids.length) {
    throw invalidArgument('Rule ID must be unique. Found same ID for more than one rule');
  }
  if (ids.some((id) => id.length > LONGEST_ID)) {
    throw invalidArgument(`ID length should not exceed allowed limit of ${LONGEST_ID}`);
  }
  for (const rule of Rules) {
    checkRule(rule);
  }
  return {
    Rules: Rules.map((rule) => ({ ...rule, ID: rule.ID ?? world.uniqueHex(48) })),
    TransitionDefaultMinimumObjectSize: input['TransitionDefaultMinimumObjectSize'] ?? DEFAULT_MINIMUM,
  };
}

function checkRule(rule: LifecycleRule): void {
  const { Expiration, Transitions, NoncurrentVersionExpiration, NoncurrentVersionTransitions } = rule;
  const actions = [
    Expiration,
    NoncurrentVersionExpiration,
    rule.AbortIncompleteMultipartUpload,
    Transitions?.[0],
    NoncurrentVersionTransitions?.[0],
  ];
  if (actions.every((action) => action === undefined)) {
    throw invalidRequest('At least one action needs to be specified in a rule');
  }
  const days = [Expiration?.Days, NoncurrentVersionExpiration?.NoncurrentDays];
  if (days.some((number) => number !== undefined && number < 1)) {
    throw invalidArgument("'Days' for Expiration action must be a positive integer");
  }
}

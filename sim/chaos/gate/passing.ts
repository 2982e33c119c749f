import type { Call } from '../../aws/wire/guard.ts';
import type { RestGate } from '../../github/http/exchange.ts';
import { LOOK_HEADER } from '../server/order.ts';

/** A request of Mayfly's on its way into a simulator, as far as a rule for it has to know. */
export interface Passing {
  readonly side: 'aws' | 'github';
  /** `rds:CreateDBInstance`, or GitHub's id of the operation. */
  readonly operation: string;
  /** What it is about, the same in every run and for every pull request. */
  readonly subject: string;
  /** Whether it may change anything. */
  readonly mutates: boolean;
  /** The environments that it is made for, by name: a look at several services is made for all of theirs. Empty when no look made it. */
  readonly environments: readonly string[];
  /** The same for every attempt that the AWS SDK makes of one call. */
  readonly call: string | undefined;
}

const READS = /^(Describe|List|Get|BatchGet)/;
/** Members of a request that say what it is about. */
const NAMING = /(identifier|names?|arns?|ids?|family|familyPrefix|path|tasks|taskDefinition|imageIds)$/i;
/** Of those, what is the same in every request, or another in every one. */
const SAYING_NOTHING = /^(cluster|clientToken|idempotencyToken|vpcId|hostedZoneId)$/i;
const LONGEST_SUBJECT = 90;

export function passingOfAws(call: Call, prefix: string): Passing {
  const { service, operation, input, headers } = call;
  return {
    side: 'aws',
    operation: `${service}:${operation}`,
    subject: subjectOf(input, prefix),
    mutates: !READS.test(operation),
    environments: environmentsIn(prefix, headers[LOOK_HEADER], JSON.stringify(input)),
    call: String(headers['amz-sdk-invocation-id'] ?? '') || undefined,
  };
}

export function passingOfGitHub({ method, url, headers, operation }: Parameters<RestGate>[0], prefix: string): Passing {
  return {
    side: 'github',
    operation: operation ?? `${method} ${url.pathname}`,
    subject: alike(decodeURIComponent(`${url.pathname.replace(/^\/repos\/[^/]+\/[^/]+/, '')}${url.search}`), prefix),
    mutates: method !== 'GET',
    environments: environmentsIn(prefix, headers[LOOK_HEADER], ''),
    call: undefined,
  };
}

/** The one whose look it is; for a call that asks for several at once, all that it names. */
function environmentsIn(prefix: string, look: string | readonly string[] | undefined, text: string): string[] {
  const number = typeof look === 'string' ? /#(\d+)$/.exec(decodeURIComponent(look))?.[1] : undefined;
  const named = text.match(new RegExp(`\\b${prefix}-\\d+\\b`, 'gi')) ?? [];
  const own = number === undefined ? [] : [`${prefix}-${number}`];
  return [...new Set([...own, ...named.map((name) => name.toLowerCase())])];
}

function subjectOf(input: Readonly<Record<string, unknown>>, prefix: string): string {
  const words = Object.entries(input).flatMap(([name, value]) => {
    if (name === 'ChangeBatch') {
      return changesIn(value);
    }
    return NAMING.test(name) && !SAYING_NOTHING.test(name) ? textsIn(value) : [];
  });
  return alike([...new Set(words)].sort().join(' '), prefix);
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function changesIn(batch: unknown): string[] {
  const { Changes = [] } = batch as {
    Changes?: readonly { Action?: string; ResourceRecordSet?: { Type?: string } }[];
  };
  return Changes.map(({ Action, ResourceRecordSet }) => `${Action} ${ResourceRecordSet?.Type}`);
}

/** Without what differs from one run to the next: numbers, hashes, branches. */
function alike(text: string, prefix: string): string {
  const same = text
    .replace(/arn:aws:[\w-]*:[\w-]*:\d*:/g, '')
    .replace(new RegExp(`${prefix}-\\d+`, 'gi'), `${prefix}-N`)
    .replace(/\b[0-9a-f]{6,}(-[0-9a-f]+)*\b/gi, '#')
    .replace(/\bbranch-[\w.-]*/g, 'branch-*')
    .replace(/\d+/g, '#');
  return same.length > LONGEST_SUBJECT ? `${same.slice(0, LONGEST_SUBJECT)}…` : same;
}

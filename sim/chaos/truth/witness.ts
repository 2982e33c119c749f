import type { LoggedCall } from '../../aws/guards/request-log.ts';
import type { InventoryItem } from '../../aws/inventory-item.ts';
import type { AwsSimulator } from '../../aws/server.ts';
import { isOurs, missingTags, tagsIn } from './our-tags.ts';
import { environmentsIn, standingIn } from './standing.ts';
import { type Violation, violation } from './violation.ts';

/** Something that Mayfly had AWS make. */
export interface Made {
  readonly environment: string;
  /** As its `Name` tag says. */
  readonly name: string;
  readonly operation: string;
  readonly at: Date;
}

/**
 * Somebody who stands beside the account from before Mayfly begins until it is judged, and sees every call: what nobody
 * can tell from how the world stands in the end.
 */
export interface Witness {
  /** What is not Mayfly's and has to be there in the end as it is now, by ARN. */
  readonly bystanders: ReadonlyMap<string, InventoryItem>;
  readonly made: readonly Made[];
  /** What was untrue at some instant, each once. */
  readonly seen: readonly Violation[];
  /** Values that Mayfly gave to AWS to keep to itself. */
  readonly secrets: ReadonlySet<string>;
  /** Everything that stands now and is not marked as ours is to be left alone as well. */
  noteBystanders(): void;
  stop(): void;
}

/** Calls that make something which can carry tags. */
const MAKES = /^(?:Create|Restore|Run|Register(?!Targets)|Request|PutParameter$)/;

export function callWitness({
  aws,
  accessKeyId,
  slots,
}: {
  aws: Pick<AwsSimulator, 'world' | 'requestLog'>;
  /** Mayfly's own: what others make is nobody's fault. */
  accessKeyId: string;
  /** How many environments may exist at once. */
  slots: number;
}): Witness {
  const bystanders = new Map<string, InventoryItem>();
  const made: Made[] = [];
  const seen = new Map<string, Violation>();
  const secrets = new Set<string>();

  function noteBystanders(): void {
    for (const thing of standingIn(aws.world)) {
      if (!isOurs(thing.tags)) {
        bystanders.set(thing.arn, thing);
      }
    }
  }

  function note(untrue: Violation): void {
    seen.set(`${untrue.statement} ${untrue.subject} ${untrue.says}`, untrue);
  }

  function watch(call: LoggedCall): void {
    if (call.accessKeyId !== accessKeyId) {
      return;
    }
    for (const secret of secretsIn(call.input)) {
      secrets.add(secret);
    }
    if (!MAKES.test(call.operation) || (call.outcome !== 'ok' && call.outcome !== 'dropped')) {
      return;
    }
    const tags = tagsIn(call.input);
    if (isOurs(tags)) {
      const { Environment: environment = '', Name: name = '' } = tags;
      made.push({ environment, name, operation: call.operation, at: call.at });
    }
    const missing = isOurs(tags) ? missingTags(tags) : ['ManagedBy'];
    if (missing.length > 0 && !overwrites(call)) {
      note(violation(6, call.operation, `it made something without the tags ${missing.join(', ')}`));
    }
    watchQuota(call);
    watchClones(call);
  }

  function watchQuota({ operation }: LoggedCall): void {
    const holders = [...environmentsIn(standingIn(aws.world))].toSorted();
    if (holders.length > slots) {
      const says = `${holders.length} environments held something at once (${holders.join(', ')}), and ${slots} may`;
      note(violation(11, operation, says));
    }
  }

  /** One clone more than a source may have is a copy of all of its data, and nobody says so. */
  function watchClones({ operation }: LoggedCall): void {
    const copies = [...aws.world.rds.clusters.values()].filter((one) => isOurs(one.tags) && !one.isCopyOnWriteClone);
    for (const { id } of copies) {
      note(violation(11, operation, `${id} is a full copy: its source had no clone left`));
    }
  }

  noteBystanders();
  const stop = aws.requestLog.onCall(watch);
  return {
    bystanders,
    made,
    get seen() {
      return [...seen.values()];
    },
    secrets,
    noteBystanders,
    stop,
  };
}

/** A parameter that is written over keeps its tags, and PutParameter refuses to take any then. */
function overwrites({ operation, input }: LoggedCall): boolean {
  return operation === 'PutParameter' && input['Overwrite'] === true;
}

const SECRET_MEMBER = /password|secret|key|token|salt/i;
const SHORTEST_SECRET = 8;

function secretsIn(input: Readonly<Record<string, unknown>>): string[] {
  const { MasterUserPassword: password, SecretString: text } = input;
  const members = typeof text === 'string' ? secretMembers(text) : [];
  return [...members, ...(typeof password === 'string' ? [password] : [])];
}

/** The members of a secret's JSON that are secrets: a host and a port in it are none. */
export function secretMembers(text: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [text];
  }
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return members.flatMap(([key, member]) =>
    typeof member === 'string' && SECRET_MEMBER.test(key) && member.length >= SHORTEST_SECRET ? [member] : [],
  );
}

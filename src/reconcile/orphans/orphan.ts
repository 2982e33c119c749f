import { environmentId } from '../../domain/environment.ts';
import { type EnvironmentPrefixes, environmentName } from '../../domain/naming.ts';
import type { OutputsOf, ResourceKind, SpecOf } from '../../domain/resource.ts';
import type { EnvironmentRecord, ResourceRecord, Store } from '../store.ts';
import type { EnvironmentEstate, EstateThing } from './estate.ts';

/**
 * Why nothing keeps a thing: no record knows its environment; that environment's life is over; or it lives, and no row of
 * it names this thing, such as the second of two that one lost answer made.
 */
export type OrphanReason = 'no-record' | 'life-over' | 'not-on-record';

/** A pull request's environment as the account has it. */
export type PullRequestEstate = EnvironmentEstate & {
  readonly owner: { readonly pullRequest: { readonly number: number } };
};

/** What is remembered of an environment that things were found of, read after they were found. */
export interface Remembered {
  readonly record: EnvironmentRecord | undefined;
  /** Of its present life. */
  readonly rows: readonly ResourceRecord[];
}

export const NOTHING: Remembered = { record: undefined, rows: [] };

export async function remember(id: string, store: Pick<Store, 'environment' | 'resources'>): Promise<Remembered> {
  const record = await store.environment(id);
  return record ? { record, rows: await store.resources(id, record.life) } : NOTHING;
}

/**
 * Whether the record of an environment found is Mayfly's to keep. One without a pull request, or whose name somebody
 * chose, was made by Terraform, and only its time says when it goes.
 */
export function isOnRecordByRight(
  estate: EnvironmentEstate,
  { record, prefixes }: { record: EnvironmentRecord | undefined; prefixes: EnvironmentPrefixes },
): estate is PullRequestEstate {
  const { name, pullRequest } = estate.owner;
  const { repository, number } = pullRequest;
  if (number === null) {
    return false;
  }
  return name === (record?.identity.name ?? environmentName({ pullRequest: { repository, number }, prefixes }));
}

export function idOf({ owner }: PullRequestEstate): string {
  return environmentId(owner.pullRequest);
}

/**
 * Why nothing keeps a thing; undefined when something does. A row is written before its thing is asked for. Of an
 * environment that lives, what has no tags is kept: nothing tells a lost record of Mayfly's from one that the application
 * or a person wrote at a name of the environment's own.
 */
export function orphanedBecause(thing: EstateThing, { record, rows }: Remembered): OrphanReason | undefined {
  if (!record) {
    return 'no-record';
  }
  if (record.goneAt) {
    return 'life-over';
  }
  return thing.tags === null || rows.some((row) => row.state !== 'gone' && isNamedBy(row, thing))
    ? undefined
    : 'not-on-record';
}

function isNamedBy(row: ResourceRecord, thing: EstateThing): boolean {
  if (familyOf(row.kind) !== familyOf(thing.kind)) {
    return false;
  }
  const names = NAMING[row.kind] ?? hasItsName;
  return names(row, thing);
}

type Naming = (row: ResourceRecord, thing: EstateThing) => boolean;

/** Kinds whose things are not told apart by a name alone. */
const NAMING: Partial<Record<ResourceKind, Naming>> = {
  'listener-rule': (row, thing) => isTheOne(outputsOf<'listener-rule'>(row).arn, row, thing),
  certificate: (row, thing) => isTheOne(outputsOf<'certificate'>(row).arn, row, thing),
  'one-off-task': (row, thing) => isTheOne(outputsOf<'one-off-task'>(row).taskArn, row, thing),
  'listener-certificate': (row, thing) => row.spec === null || isSameAttachment(row.spec, thing.spec),
  parameters: (row, thing) => thing.name.startsWith(row.name) || row.name.startsWith(thing.name),
};

function hasItsName(row: ResourceRecord, thing: EstateThing): boolean {
  return row.name.toLowerCase() === thing.name.toLowerCase();
}

function outputsOf<K extends ResourceKind>({ outputs }: ResourceRecord): Partial<OutputsOf<K>> {
  return (outputs ?? {}) as Partial<OutputsOf<K>>;
}

/** All of these are secrets, and the account does not tell them apart. */
function familyOf(kind: ResourceKind): ResourceKind {
  return kind === 'database-credentials' || kind === 'database-user' ? 'secret' : kind;
}

/** Until its ARN is known, whatever has its name may be it. */
function isTheOne(arn: string | undefined, row: ResourceRecord, thing: EstateThing): boolean {
  return arn === undefined ? row.name === thing.label : arn === thing.name;
}

function isSameAttachment(one: unknown, other: unknown): boolean {
  const [a, b] = [one, other] as SpecOf<'listener-certificate'>[];
  return a?.listenerArn === b?.listenerArn && a?.certificateArn === b?.certificateArn;
}

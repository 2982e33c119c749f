import {
  DeleteParametersCommand,
  GetParametersByPathCommand,
  ListTagsForResourceCommand,
  type ParameterType,
  PutParameterCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import type { EnvironmentOwner } from '../../domain/environment.ts';
import { TransientError } from '../../domain/failure.ts';
import { provesOwnership } from '../../domain/tags.ts';
import type { Desired, Observation, Provisioner, Release, Released } from '../../reconcile/provisioner.ts';
import type { Sender } from './clients.ts';
import { ask } from './errors.ts';
import { nameTaken, notOurs, readTags, type Tags, toTagList } from './ownership.ts';

type Ssm = Sender<SSMClient>;
type Seen = Observation<'parameters'>;

interface Parameter {
  readonly value: string;
  readonly type: ParameterType;
}

/** By what follows the path in the name. */
type ParameterSet = ReadonlyMap<string, Parameter>;

/** `DeleteParameters` takes ten names. */
const DELETE_AT_ONCE = 10;

/**
 * A path of the parameter store, copied from another path and overridden. Parameters under the path that are not
 * wanted (any more) are left until release, which takes the whole path away.
 */
export function createParametersProvisioner({ ssm }: { ssm: Ssm }): Provisioner<'parameters'> {
  async function observe(desired: Desired<'parameters'>): Promise<Seen> {
    const wanted = await wantedOf(ssm, desired);
    const found = await readPath(ssm, desired.name);
    const outputs = { path: desired.name, count: wanted.size };
    const amiss = namesAmiss(wanted, found);
    if (amiss.length === 0) {
      return { state: 'ready', outputs };
    }
    return found.size === 0 ? { state: 'absent' } : { state: 'drifted', outputs, drift: amiss };
  }

  async function ensure(desired: Desired<'parameters'>): Promise<Seen> {
    const { name: path, spec } = desired;
    const wanted = await wantedOf(ssm, desired);
    if (wanted.size === 0 && spec.copyFrom !== null) {
      const waitingFor = `parameters under ${spec.copyFrom} to copy (none there)`;
      return { state: 'pending', outputs: {}, waitingFor, requeueAfterSeconds: 30 };
    }
    const found = await readPath(ssm, path);
    const amiss = namesAmiss(wanted, found);
    const outputs = { path, count: wanted.size };
    for (const name of amiss.filter((one) => found.has(one))) {
      await claimParameter(ssm, fullName(path, name), desired.environment);
    }
    for (const [written, name] of amiss.entries()) {
      try {
        await write(ssm, { desired, name, parameter: wanted.get(name), exists: found.has(name) });
      } catch (error) {
        // What was written stays written; only a pass without any progress is worth a pause that grows.
        if (error instanceof TransientError && error.reason === 'Throttled' && written > 0) {
          const waitingFor = `${wanted.size} parameters to be written (${amiss.length - written} left)`;
          return { state: 'pending', outputs, waitingFor, requeueAfterSeconds: 2 };
        }
        throw error;
      }
    }
    return { state: 'ready', outputs };
  }

  return { kind: 'parameters', observe, ensure, release: async (released) => await releasePath(ssm, released) };
}

function namesAmiss(wanted: ParameterSet, found: ParameterSet): string[] {
  return [...wanted]
    .filter(([name, { value, type }]) => found.get(name)?.value !== value || found.get(name)?.type !== type)
    .map(([name]) => name);
}

async function wantedOf(ssm: Ssm, { spec }: Desired<'parameters'>): Promise<ParameterSet> {
  const wanted = new Map(spec.copyFrom === null ? [] : await readPath(ssm, spec.copyFrom));
  for (const [name, value] of Object.entries(spec.set)) {
    wanted.set(name, { value, type: wanted.get(name)?.type ?? 'String' });
  }
  // The parameter store refuses empty values; the first users' application reads a space as nothing.
  return new Map([...wanted].map(([name, { value, type }]) => [name, { value: value === '' ? ' ' : value, type }]));
}

async function readPath(ssm: Ssm, path: string): Promise<ParameterSet> {
  const found = new Map<string, Parameter>();
  const prefix = path.endsWith('/') ? path : `${path}/`;
  let NextToken: string | undefined;
  do {
    const page = await ask(
      `reading the parameters under ${path}`,
      () => ssm.send(new GetParametersByPathCommand({ Path: path, Recursive: true, WithDecryption: true, NextToken })),
      { confidential: true },
    );
    for (const { Name = '', Value = '', Type = 'String' } of page.Parameters ?? []) {
      found.set(Name.slice(prefix.length), { value: Value, type: Type });
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

interface Writing {
  readonly desired: Desired<'parameters'>;
  readonly name: string;
  readonly parameter: Parameter | undefined;
  readonly exists: boolean;
}

/** Tags go with a creation only: `PutParameter` refuses them together with `Overwrite`. */
async function write(ssm: Ssm, { desired, name, parameter, exists }: Writing): Promise<void> {
  if (!parameter) {
    return;
  }
  const Name = fullName(desired.name, name);
  const input = { Name, Value: parameter.value, Type: parameter.type, Tier: 'Intelligent-Tiering' } as const;
  if (!exists) {
    const created = await ask(
      `creating the parameter ${Name}`,
      async () => {
        await ssm.send(new PutParameterCommand({ ...input, Tags: toTagList(desired.tags) }));
        return true;
      },
      { on: { 'already-exists': () => false }, confidential: true },
    );
    if (created) {
      return;
    }
    await claimParameter(ssm, Name, desired.environment);
  }
  await ask(`changing the parameter ${Name}`, () => ssm.send(new PutParameterCommand({ ...input, Overwrite: true })), {
    confidential: true,
  });
}

async function claimParameter(ssm: Ssm, name: string, environment: EnvironmentOwner): Promise<void> {
  if (!provesOwnership(await tagsOf(ssm, name), environment)) {
    throw nameTaken(`the parameter ${name}`, environment);
  }
}

function fullName(path: string, name: string): string {
  return path.endsWith('/') ? `${path}${name}` : `${path}/${name}`;
}

async function tagsOf(ssm: Ssm, name: string): Promise<Tags> {
  const found = await ask(
    `reading the tags of the parameter ${name}`,
    () => ssm.send(new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: name })),
    { on: { 'not-found': () => undefined } },
  );
  return readTags(found?.TagList);
}

/**
 * Deletes what is proven ours, then lists again next time: the path is absent once a listing is empty. Each handful is
 * deleted as soon as it is proven, so that a look cut short by a throttle has brought the end nearer.
 */
async function releasePath(ssm: Ssm, { name: path, environment }: Released<'parameters'>): Promise<Release> {
  const names = [...(await readPath(ssm, path)).keys()].map((name) => fullName(path, name));
  if (names.length === 0) {
    return { state: 'absent' };
  }
  let deleted = 0;
  for (let from = 0; from < names.length; from += DELETE_AT_ONCE) {
    const Names = await oursAmong(ssm, names.slice(from, from + DELETE_AT_ONCE), environment);
    if (Names.length > 0) {
      await ask(`deleting parameters under ${path}`, () => ssm.send(new DeleteParametersCommand({ Names })));
    }
    deleted += Names.length;
  }
  if (deleted === 0) {
    throw notOurs(`the parameter ${names[0]}`, environment);
  }
  return { state: 'releasing', underWay: true, waitingFor: 'the parameters to be gone', requeueAfterSeconds: 1 };
}

async function oursAmong(ssm: Ssm, names: readonly string[], environment: EnvironmentOwner): Promise<string[]> {
  const ours: string[] = [];
  for (const name of names) {
    if (provesOwnership(await tagsOf(ssm, name), environment)) {
      ours.push(name);
    }
  }
  return ours;
}

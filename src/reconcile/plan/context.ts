import type { Blueprint, BlueprintService, BlueprintTask } from '../../config/blueprint/blueprint.ts';
import type { Platform } from '../../config/platform.ts';
import { renderHost } from '../../domain/hosts.ts';
import type { ResourceKind } from '../../domain/resource.ts';
import { resourceName } from '../../domain/resource-name.ts';
import { environmentValues } from '../../domain/template-reference.ts';
import { touchedServices } from '../../domain/touched-services.ts';
import type { EnvironmentRecord, Resolution } from '../store.ts';
import { type CloneKeys, cloneKeys } from './clone-keys.ts';
import type { PlannedSource } from './planned-source.ts';

/** What every part of a plan is drawn from. */
export interface PlanContext {
  readonly platform: Platform;
  readonly blueprint: Blueprint;
  readonly record: EnvironmentRecord;
  readonly resolution: Resolution;
  /** What its database is a clone of. */
  readonly source: PlannedSource;
  /** Of the clone, where the blueprint leaves it to its use and something is known of that. */
  readonly automaticMax?: number | undefined;
  /** Of the clone that is wanted. */
  readonly clone: CloneKeys;
  /** How often its services were to be deployed anew: when somebody asked for it, and for each fresh clone. */
  readonly deployments: number;
  /** `pr-7.ephemeral.example.gov.uk`. */
  readonly domain: string;
  /** Values of references that are known before anything is made. */
  readonly values: Readonly<Record<string, string>>;
  /** Services and tasks with an image of their own that the changed paths touch. */
  readonly touched: ReadonlySet<string>;
  physicalName(kind: ResourceKind, part?: string): string;
  hostsOf(service: string): readonly string[];
}

export function planContext(from: {
  platform: Platform;
  blueprint: Blueprint;
  record: EnvironmentRecord;
  resolution: Resolution;
  source: PlannedSource;
  automaticMax?: number | undefined;
}): PlanContext {
  const { platform, blueprint, record, resolution } = from;
  const { identity, intent } = record;
  const { zone } = platform.dns;
  const domain = `${identity.name}.${zone}`;

  function hostsOf(service: string): readonly string[] {
    const { hosts = [], apex = false } = blueprint.services[service] ?? {};
    const own = hosts.map((prefix) => renderHost(platform.hostTemplate, { prefix, environment: identity.name, zone }));
    return apex ? [...own, domain] : own;
  }

  // A fork's author chooses the branch's name, and a base's texts may be made of it. This one GitHub itself gives.
  const headRef = intent.fromFork ? `pull/${identity.pullRequest.number}/head` : intent.headRef;
  const values: Record<string, string> = environmentValues({ environment: identity, zone, ...intent, headRef });
  for (const [name, ref] of Object.entries(blueprint.refs)) {
    values[`ref.${name}`] = ref.default;
  }
  for (const [name, { expose }] of Object.entries(blueprint.services)) {
    if (expose === 'internal') {
      values[`service.${name}.address`] = `${name}.${domain}`;
    }
    const [host] = hostsOf(name);
    if (host !== undefined) {
      values[`host.${name}`] = host;
    }
  }
  if (blueprint.database) {
    values['db.port'] = String(blueprint.database.port);
    values['db.name'] = blueprint.database.name ?? '';
  }

  return {
    ...from,
    clone: cloneKeys(intent.databaseResets),
    deployments: intent.redeploys + intent.databaseResets,
    domain,
    values,
    hostsOf,
    touched: new Set(touchedServices(resolution.changedPaths, ownWorkloads(blueprint))),
    physicalName: (kind, part) =>
      resourceName({
        platform: platform.name,
        environment: identity,
        kind,
        ...(part === undefined ? {} : { service: part }),
      }),
  };
}

export type Workload = BlueprintService | BlueprintTask;

/** Services and tasks, by name. */
export function workloadsOf({ services, tasks }: Blueprint): Readonly<Record<string, Workload>> {
  return { ...services, ...tasks };
}

/** Whether its image is made from this repository's commits, so that its tag follows the commit. */
export function isOwn({ image }: Pick<Workload, 'image'>): boolean {
  return image.origin === 'registry' && image.tag === null;
}

export function ownWorkloads(blueprint: Blueprint): Readonly<Record<string, Workload>> {
  return Object.fromEntries(Object.entries(workloadsOf(blueprint)).filter(([, workload]) => isOwn(workload)));
}

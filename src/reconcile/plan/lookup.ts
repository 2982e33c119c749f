import type { Platform } from '../../config/platform.ts';
import { resourceName } from '../../domain/resource-name.ts';
import type { EnvironmentRecord } from '../store.ts';
import { blueprintOf } from './blueprint-of.ts';
import { workloadsOf } from './context.ts';

/** Services and tasks of an environment, as its blueprint names them; none before it was read. */
export function servicesOf(blueprintPath: string): (record: EnvironmentRecord) => readonly string[] {
  return ({ resolution }) => {
    const read = resolution && blueprintOf(resolution, blueprintPath);
    return read?.ok ? Object.keys(workloadsOf(read.blueprint)) : [];
  };
}

/** The suites that an environment's blueprint names; none before it was read. */
export function suitesOf(blueprintPath: string): (record: EnvironmentRecord) => readonly string[] {
  return ({ resolution }) => {
    const read = resolution && blueprintOf(resolution, blueprintPath);
    return read?.ok ? Object.keys(read.blueprint.suites) : [];
  };
}

/** Whether an environment's blueprint wants a database; true before it was read. */
export function hasDatabase(blueprintPath: string): (record: EnvironmentRecord) => boolean {
  return ({ resolution }) => {
    const read = resolution && blueprintOf(resolution, blueprintPath);
    return !read?.ok || read.blueprint.database !== null;
  };
}

/** Where a service or task of an environment logs; undefined for one that its blueprint does not have. */
export function logGroupOf(
  platform: Platform,
  blueprintPath: string,
): (record: EnvironmentRecord, service: string) => string | undefined {
  const known = servicesOf(blueprintPath);
  return (record, service) =>
    known(record).includes(service)
      ? resourceName({ platform: platform.name, environment: record.identity, kind: 'log-group', service })
      : undefined;
}

import type { BlueprintDatabase } from '../../config/blueprint/blueprint.ts';
import { inOrder } from '../graph/order.ts';
import { budgetNeeds } from './budget-needs.ts';
import { certificateNodes } from './certificates.ts';
import type { PlanContext } from './context.ts';
import { automaticBounds, capacityOf, databaseNodes } from './database.ts';
import { PUBLIC_RECORDS_KEY, recordNodes, sharedHosts } from './hosts.ts';
import { imageKey, imageNodes, tagOf } from './images.ts';
import type { Plan, PlannedDatabase, PlannedService } from './plan.ts';
import { retaggingNodes } from './retagging.ts';
import { serviceNodes } from './services.ts';
import { settingNodes } from './settings.ts';
import { openServices, smokeNodes, urlsOf } from './smoke.ts';
import { preDeployNeeds, taskNodes } from './tasks.ts';
import { plannedBuild, plannedSuites } from './workflows.ts';

/** Everything one environment is to be at one commit: the graph of its resources, and what people know of it. Pure. */
export function planEnvironment(context: PlanContext): Omit<Plan, 'refusals'> {
  const { blueprint } = context;
  const nodes = [
    ...databaseNodes(context),
    ...imageNodes(context),
    ...settingNodes(context),
    ...certificateNodes(context),
    ...taskNodes(context),
    ...serviceNodes(context),
    ...recordNodes(context),
    ...smokeNodes(context),
  ];
  const open = openServices(context);
  // Nobody gets through to a host before its name leads to the load balancer and a listener has its certificate.
  const door = nodes.filter(({ key, kind }) => key === PUBLIC_RECORDS_KEY || kind === 'listener-certificate');
  const services = Object.entries(blueprint.services).map(([name, { image }]): PlannedService => {
    const fixed = tagOf(context, name);
    const own = nodes.filter(({ service }) => service === name);
    const urls = open.includes(name) ? urlsOf(context, name) : [];
    return {
      name,
      urls,
      imageKey: image.origin === 'external' ? null : imageKey(name),
      externalTag: fixed ?? null,
      keys: [...own, ...(urls.length > 0 ? door : [])].map(({ key }) => key),
    };
  });
  return {
    needs: budgetNeeds(context, nodes),
    nodes: inOrder([...nodes, ...retaggingNodes(context, nodes)]),
    services,
    database: plannedDatabase(context),
    owners: blueprint.owners,
    shared: sharedHosts(context),
    suites: plannedSuites(context),
    build: plannedBuild(context),
    tags: blueprint.tags,
  };
}

function plannedDatabase(context: PlanContext): PlannedDatabase | null {
  const { blueprint, source } = context;
  if (!blueprint.database) {
    return null;
  }
  const { min, max } = capacityOf(context, blueprint.database);
  const automatic = automaticBounds(blueprint.database);
  return {
    source: source.version,
    passport: source.passport,
    capacity: `${min} to ${max} ACU`,
    clusterKey: context.clone.cluster,
    ...(automatic && { automatic }),
    ...plannedMigrations(context, blueprint.database),
  };
}

function plannedMigrations(
  context: PlanContext,
  { name, migrations }: BlueprintDatabase,
): Pick<PlannedDatabase, 'migrations'> {
  const { source, clone } = context;
  if (!migrations || name === null) {
    return {};
  }
  const { tool, path, table, diverged, elsewhere } = migrations;
  const tasks = preDeployNeeds(context).map(({ key }) => key);
  const refField = elsewhere && fieldOf(elsewhere.ref);
  const planned = { tool, path, table, diverged, refField };
  return { migrations: { ...planned, source: source.identifier, database: name, clone, tasks } };
}

/** `refs.etl` of `${ref.etl}`. */
function fieldOf(ref: string): string {
  const name = /^\$\{ref\.([^}]+)\}$/.exec(ref)?.[1];
  return name === undefined ? 'database.migrations.ref' : `refs.${name}`;
}

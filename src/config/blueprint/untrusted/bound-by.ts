import type { Blueprint, BlueprintImages } from '../blueprint.ts';
import { type Bounds, boundsOf, mapNamed, named } from './bounds.ts';
import { boundService, boundTask } from './workloads.ts';

/** A blueprint that whoever wrote it cannot use to get at more than the one that it is to replace. */
export interface Bounded {
  readonly blueprint: Blueprint;
  /** What was asked for and not given, a sentence each; fields as the file writes them. */
  readonly refusals: readonly string[];
}

/** None of these is left to whoever writes the head: data, names, other places, money, and whom it concerns. */
const FROM_BASE = {
  ttlSeconds: 'ttl',
  limits: 'limits',
  owners: 'owners',
  database: 'database',
  parameters: 'parameters',
  secrets: 'secrets',
  aliases: 'aliases',
  tags: 'tags',
  notifications: 'notifications',
} as const satisfies Partial<Record<keyof Blueprint, string>>;

/**
 * The head's blueprint with the rights of the base's: what runs is the head's, and what it may reach, show and cost is
 * the base's. What the base does not know has no rights at all. Pure; `from` is the base's branch, for the sentences. The
 * result is to be checked again: two halves that are right need not fit.
 */
export function boundBy(base: Blueprint, head: Blueprint, from: string): Bounded {
  const bounds = boundsOf(base, from);
  const services = mapNamed(head.services, (name, service) => boundService(name, service, bounds));
  const tasks = mapNamed(head.tasks, (name, task) => boundTask(name, task, bounds));
  /** Nothing waits for what is not run, and nobody asks it for an answer. */
  const isLeftOut = (name: string): boolean =>
    (Object.hasOwn(head.services, name) || Object.hasOwn(head.tasks, name)) &&
    !Object.hasOwn({ ...services, ...tasks }, name);
  const blueprint: Blueprint = {
    ...head,
    ...topLevel(head, bounds),
    images: boundImages(head.images, bounds),
    services: mapNamed(services, (_, service) => ({
      ...service,
      dependsOn: service.dependsOn.filter((wanted) => !isLeftOut(wanted)),
    })),
    tasks,
    refs: boundRefs(head.refs, bounds),
    smoke: head.smoke.filter(({ service }) => !isLeftOut(service)),
    suites: withoutSuites(head, bounds),
  };
  return { blueprint, refusals: bounds.refusals.all() };
}

function topLevel(head: Blueprint, { base, refusals }: Bounds): Pick<Blueprint, keyof typeof FROM_BASE> {
  const { ttlSeconds, limits, owners, database, parameters, secrets, aliases, tags, notifications } = base;
  const kept = { ttlSeconds, limits, owners, database, parameters, secrets, aliases, tags, notifications };
  for (const [key, field] of Object.entries(FROM_BASE) as [keyof typeof FROM_BASE, string][]) {
    refusals.given(field, head[key], kept[key]);
  }
  return kept;
}

/** Under the whole commit: a branch of a fork may be called as one of this repository, and a short commit be made to fit. */
function boundImages(asked: BlueprintImages, { base, refusals }: Bounds): BlueprintImages {
  const { images } = base;
  refusals.given('images', { ...asked, build: null }, { ...images, build: null });
  if (asked.build ?? images.build) {
    refusals.say('`images.build` is not run: a workflow has the secrets of this repository.');
  }
  const isOfCommit = /\{sha\}/.test(images.tag) && !/\{(slug|branch)\}/.test(images.tag);
  return { ...images, tag: isOfCommit ? images.tag : '{sha}', build: null };
}

function withoutSuites(head: Blueprint, { base, refusals }: Bounds): Blueprint['suites'] {
  if (Object.keys({ ...base.suites, ...head.suites }).length > 0) {
    refusals.say('`suites` are not run: a workflow has the secrets of this repository.');
  }
  return {};
}

/** A ref that the base has is what the base says: images are named by it. */
function boundRefs(asked: Blueprint['refs'], { base, refusals }: Bounds): Blueprint['refs'] {
  const same = mapNamed(base.refs, (name, ref) => named(asked, name) ?? ref);
  refusals.given('refs', same, base.refs);
  return { ...asked, ...base.refs };
}

import { repositoryOf } from '../../domain/image-reference.ts';
import { renderTag, type TagValues } from '../../domain/image-tag.ts';
import type { ImageCandidate, ImageOrigin } from '../../domain/resource.ts';
import { renderTemplate } from '../../domain/template.ts';
import { type AnyNode, node } from '../graph/node.ts';
import { isOwn, type PlanContext, workloadsOf } from './context.ts';
import type { PlannedImage } from './plan.ts';

export function imageKey(workload: string): string {
  return `image/${workload}`;
}

/** The tag of an image whose blueprint names it outright; undefined when it follows from a commit, and is known once the image is found. */
export function tagOf({ blueprint, values }: PlanContext, workload: string): string | undefined {
  const image = workloadsOf(blueprint)[workload]?.image;
  if (image?.origin === 'external') {
    return /[:@]([^/:@]+)$/.exec(image.reference)?.[1] ?? image.reference;
  }
  if (!image || image.tag === null) {
    return undefined;
  }
  const rendered = renderTemplate(image.tag, values);
  return rendered.ok ? rendered.text : undefined;
}

/** One node for every image that has to be in a registry first. */
export function imageNodes(context: PlanContext): AnyNode[] {
  return imagesOf(context).map(({ name, repository, candidates }) =>
    node({
      key: imageKey(name),
      kind: 'image',
      name: `${repository}:${candidates.map(({ tag }) => tag).join('|')}`,
      title: 'Images',
      service: name in context.blueprint.services ? name : null,
      needs: [],
      spec: () => ({ candidates, deadlineAt: deadlineOf(context) }),
    }),
  );
}

/** Those that only a build of the pull request's own commit can bring. */
export function headImages(context: PlanContext): PlannedImage[] {
  return imagesOf(context).flatMap(({ name, candidates }) =>
    candidates
      .filter(({ origin }) => origin === 'head')
      .map(({ repository, tag }) => ({ key: imageKey(name), service: name, name: `${repository}:${tag}`, tag })),
  );
}

/** Each service's and task's image with the places where it may be; without those that are named in full. */
function imagesOf(context: PlanContext): { name: string; repository: string; candidates: ImageCandidate[] }[] {
  const { blueprint, platform } = context;
  return Object.entries(workloadsOf(blueprint)).flatMap(([name, workload]) => {
    const { image } = workload;
    if (image.origin === 'external' || ('phase' in workload && workload.phase === 'on-demand')) {
      return [];
    }
    const { registry, repository } = repositoryOf(image.name, {
      registry: blueprint.images.registry,
      platformRegistry: platform.registry.host,
    });
    const candidates = tagsOf(context, name).map(
      ([tag, origin]): ImageCandidate => ({ registry, repository, tag, origin }),
    );
    return [{ name, repository, candidates }];
  });
}

/** Counted from when the commit was first read, so that a wait is no longer after a restart. */
function deadlineOf({ blueprint, resolution }: PlanContext): string {
  return new Date(Date.parse(resolution.readAt) + blueprint.images.deadlineSeconds * 1000).toISOString();
}

function tagsOf(context: PlanContext, name: string): readonly (readonly [tag: string, origin: ImageOrigin])[] {
  const fixed = tagOf(context, name);
  if (fixed !== undefined) {
    return [[fixed, 'external']];
  }
  const { blueprint, record, resolution, touched } = context;
  const { intent, identity } = record;
  const head: TagValues = { branch: intent.headRef, sha: intent.headSha, number: identity.pullRequest.number };
  const headTag = renderTag(blueprint.images.tag, head) ?? intent.headSha;
  const { fallback } = blueprint.images;
  const workload = workloadsOf(blueprint)[name];
  if (touched.has(name) || !fallback || !workload || !isOwn(workload)) {
    return [[headTag, 'head']];
  }
  const pathSha = resolution.baseCommits[name];
  const base: TagValues = {
    branch: fallback.branch ?? intent.baseRef,
    ...(pathSha === undefined ? {} : { pathSha, sha: pathSha }),
  };
  const tags = fallback.tags.map((template) => renderTag(template, base)).filter((tag) => tag !== undefined);
  return tags.length > 0 ? tags.map((tag) => [tag, 'base'] as const) : [[headTag, 'head']];
}

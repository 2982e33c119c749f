import type { Label } from '../entities/label.ts';
import type { Repository } from '../entities/repository.ts';
import { GitHubError, validationFailed } from '../errors.ts';
import { emitPullRequest, emitRepositoryEvent, type PullRequestScene, type Scene } from '../webhooks/emit.ts';
import { labelJson } from '../wire/label.ts';
import type { World } from '../world.ts';
import { noteEvent } from './issue-events.ts';

const defaultColour = 'ededed';
/** In characters; GitHub's error says so. */
const longestName = 50;

export function labelNamed(repository: Repository, name: string): Label | undefined {
  return repository.labels.get(name.toLowerCase());
}

/** Throws a 422 when there is one of that name, in whatever case, or when the name is too long. */
export function createLabel(
  world: World,
  scene: Scene,
  wanted: { name: string; color?: string | undefined; description?: string | undefined },
): Label {
  const { repository } = scene;
  if (labelNamed(repository, wanted.name)) {
    throw validationFailed({ resource: 'Label', code: 'already_exists', field: 'name' });
  }
  if (wanted.name.length > longestName) {
    const message = `name is too long (maximum is ${longestName} characters)`;
    throw validationFailed({ resource: 'Label', code: 'custom', field: 'name', message });
  }
  const label = {
    id: world.store.nextId(),
    name: wanted.name,
    color: (wanted.color ?? defaultColour).replace(/^#/, '').toLowerCase(),
    description: wanted.description,
  };
  repository.labels.set(label.name.toLowerCase(), label);
  const payload = { action: 'created', label: labelJson(world, repository, label) };
  emitRepositoryEvent(world, scene, { name: 'label', payload });
  return label;
}

/** Adds a label, making it when the repository has none of that name. One that is there already is not told again. */
export function addLabel(world: World, scene: PullRequestScene, name: string): void {
  const { repository, pullRequest } = scene;
  const label = labelNamed(repository, name) ?? createLabel(world, scene, { name });
  if (pullRequest.labels.includes(label.name)) {
    return;
  }
  pullRequest.labels.push(label.name);
  pullRequest.updatedAt = world.clock.now();
  noteEvent(world, scene, { event: 'labeled', label });
  emitPullRequest(world, scene, { action: 'labeled', label: labelJson(world, repository, label) });
}

/** Throws a 404 when the pull request does not bear it. */
export function removeLabel(world: World, scene: PullRequestScene, name: string): void {
  const { repository, pullRequest } = scene;
  const label = labelNamed(repository, name);
  if (!label || !pullRequest.labels.includes(label.name)) {
    throw new GitHubError(404, 'Label does not exist');
  }
  pullRequest.labels = pullRequest.labels.filter((each) => each !== label.name);
  pullRequest.updatedAt = world.clock.now();
  noteEvent(world, scene, { event: 'unlabeled', label });
  emitPullRequest(world, scene, { action: 'unlabeled', label: labelJson(world, repository, label) });
}

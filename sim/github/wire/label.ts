import type { Label } from '../entities/label.ts';
import type { Repository } from '../entities/repository.ts';
import type { JsonObject } from '../json.ts';
import type { World } from '../world.ts';
import { nodeId } from './instant.ts';
import { repositoryUrl } from './repository.ts';

export function labelJson(world: World, repository: Repository, label: Label): JsonObject {
  return {
    id: label.id,
    node_id: nodeId('LA', label.id),
    url: `${repositoryUrl(world, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description ?? null,
  };
}

/** The labels of a pull request, by their names. */
export function labelsJson(world: World, repository: Repository, names: readonly string[]): JsonObject[] {
  return names
    .map((name) => repository.labels.get(name.toLowerCase()))
    .filter((label) => label !== undefined)
    .map((label) => labelJson(world, repository, label));
}

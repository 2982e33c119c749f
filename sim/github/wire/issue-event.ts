import type { IssueEvent } from '../entities/issue-event.ts';
import type { Repository } from '../entities/repository.ts';
import type { JsonObject } from '../json.ts';
import type { World } from '../world.ts';
import { accountJson } from './account.ts';
import { instant, nodeId } from './instant.ts';
import { repositoryUrl } from './repository.ts';

export function issueEventJson(world: World, repository: Repository, { id, event, actor, at, label }: IssueEvent) {
  const told: JsonObject = {
    id,
    node_id: nodeId('LE', id),
    url: `${repositoryUrl(world, repository)}/issues/events/${id}`,
    actor: accountJson(world, actor),
    event,
    commit_id: null,
    commit_url: null,
    created_at: instant(at),
    performed_via_github_app: null,
  };
  return label ? { ...told, label } : told;
}

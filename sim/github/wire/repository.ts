import { fullName, type Repository } from '../entities/repository.ts';
import type { JsonObject } from '../json.ts';
import type { World } from '../world.ts';
import { accountJson, organisationJson } from './account.ts';
import { instant, nodeId } from './instant.ts';

export function repositoryUrl({ url }: World, repository: Repository): string {
  return `${url}/repos/${fullName(repository)}`;
}

/** Field to path below the repository's own URL, in URI template form as GitHub sends them. */
const links: { readonly [field: string]: string } = {
  forks_url: 'forks',
  keys_url: 'keys{/key_id}',
  collaborators_url: 'collaborators{/collaborator}',
  teams_url: 'teams',
  hooks_url: 'hooks',
  issue_events_url: 'issues/events{/number}',
  events_url: 'events',
  assignees_url: 'assignees{/user}',
  branches_url: 'branches{/branch}',
  tags_url: 'tags',
  blobs_url: 'git/blobs{/sha}',
  git_tags_url: 'git/tags{/sha}',
  git_refs_url: 'git/refs{/sha}',
  trees_url: 'git/trees{/sha}',
  statuses_url: 'statuses/{sha}',
  languages_url: 'languages',
  stargazers_url: 'stargazers',
  contributors_url: 'contributors',
  subscribers_url: 'subscribers',
  subscription_url: 'subscription',
  commits_url: 'commits{/sha}',
  git_commits_url: 'git/commits{/sha}',
  comments_url: 'comments{/number}',
  issue_comment_url: 'issues/comments{/number}',
  contents_url: 'contents/{+path}',
  compare_url: 'compare/{base}...{head}',
  merges_url: 'merges',
  archive_url: '{archive_format}{/ref}',
  downloads_url: 'downloads',
  issues_url: 'issues{/number}',
  pulls_url: 'pulls{/number}',
  milestones_url: 'milestones{/number}',
  notifications_url: 'notifications{?since,all,participating}',
  labels_url: 'labels{/name}',
  releases_url: 'releases{/id}',
  deployments_url: 'deployments',
};

/** The short form that stands inside workflow runs. */
export function repositoryLiteJson(world: World, repository: Repository): JsonObject {
  const self = repositoryUrl(world, repository);
  return {
    id: repository.id,
    node_id: nodeId('R', repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.isPrivate,
    owner: accountJson(world, repository.owner),
    html_url: `${world.url}/${fullName(repository)}`,
    description: repository.description ?? null,
    fork: repository.parent !== undefined,
    url: self,
    ...Object.fromEntries(Object.entries(links).map(([field, path]) => [field, `${self}/${path}`])),
  };
}

export function repositoryJson(world: World, repository: Repository): JsonObject {
  const page = `${world.url}/${fullName(repository)}`;
  const openIssues = [...repository.pullRequests.values()].filter(({ state }) => state === 'open').length;
  const forks = [...world.store.repositories.values()].filter(({ parent }) => parent === repository).length;
  return {
    ...repositoryLiteJson(world, repository),
    created_at: instant(repository.createdAt),
    updated_at: instant(repository.updatedAt),
    pushed_at: instant(repository.pushedAt),
    git_url: `git:${page.replace(/^https?:/, '')}.git`,
    ssh_url: `git@${new URL(world.url).hostname}:${fullName(repository)}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    homepage: null,
    size: repository.commits.size,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: false,
    has_downloads: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks_count: forks,
    mirror_url: null,
    archived: repository.isArchived,
    disabled: false,
    open_issues_count: openIssues,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.isPrivate ? 'private' : 'public',
    forks,
    open_issues: openIssues,
    watchers: 0,
    default_branch: repository.defaultBranch,
    custom_properties: {},
  };
}

/** What `GET /repos/{owner}/{repo}` answers. */
export function fullRepositoryJson(world: World, repository: Repository): JsonObject {
  const parent = repository.parent && repositoryJson(world, repository.parent);
  return {
    ...repositoryJson(world, repository),
    network_count: 0,
    subscribers_count: 0,
    ...(repository.owner.type === 'Organization' && { organization: accountJson(world, repository.owner) }),
    ...(parent && { parent, source: parent }),
  };
}

/** The envelope every repository event carries besides its own fields. */
export function repositoryEnvelope(world: World, repository: Repository): JsonObject {
  return {
    repository: repositoryJson(world, repository),
    ...(repository.owner.type === 'Organization' && { organization: organisationJson(world, repository.owner) }),
  };
}

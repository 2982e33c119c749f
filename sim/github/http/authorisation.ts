import type { PermissionLevel } from '../entities/installation.ts';
import { hasRole, type Repository, type RoleName } from '../entities/repository.ts';
import { badCredentials, GitHubError, integrationForbidden, notFound, roleForbidden } from '../errors.ts';
import type { Caller } from './caller.ts';

export interface Needs {
  /** Any one of these permissions does for an installation. */
  readonly permissions: readonly string[];
  readonly level: PermissionLevel;
  /** For people; undefined: only an app may. */
  readonly role: RoleName | undefined;
}

const read = (...permissions: string[]): Needs => ({ permissions, level: 'read', role: 'read' });
const write = (role: RoleName | undefined, ...permissions: string[]): Needs => ({ permissions, level: 'write', role });

/** As GitHub's page "Permissions required for GitHub Apps" lists them; roles as its page on repository roles does. */
const needsOfOperation: { readonly [operation: string]: Needs } = {
  'actions/cancel-workflow-run': write('write', 'actions'),
  'actions/create-workflow-dispatch': write('write', 'actions'),
  'actions/get-workflow-run': read('actions'),
  'actions/list-workflow-runs': read('actions'),
  'actions/list-workflow-runs-for-repo': read('actions'),
  'checks/create': write(undefined, 'checks'),
  'checks/get': read('checks'),
  'checks/list-for-ref': read('checks'),
  'checks/update': write(undefined, 'checks'),
  'git/get-tree': read('contents'),
  'issues/add-labels': write('triage', 'issues', 'pull_requests'),
  'issues/create-comment': write('read', 'issues', 'pull_requests'),
  'issues/create-label': write('write', 'issues', 'pull_requests'),
  'issues/delete-comment': write('read', 'issues', 'pull_requests'),
  'issues/get': read('issues', 'pull_requests'),
  'issues/get-comment': read('issues', 'pull_requests'),
  'issues/get-label': read('issues', 'pull_requests'),
  'issues/list-comments': read('issues', 'pull_requests'),
  'issues/list-events': read('issues', 'pull_requests'),
  // An issue that is a pull request is told to those only who may read pull requests.
  'issues/list-for-repo': read('issues'),
  'issues/list-labels-for-repo': read('issues', 'pull_requests'),
  'issues/list-labels-on-issue': read('issues', 'pull_requests'),
  'issues/remove-label': write('triage', 'issues', 'pull_requests'),
  'issues/update-comment': write('read', 'issues', 'pull_requests'),
  'pulls/create': write('read', 'pull_requests'),
  'pulls/get': read('pull_requests', 'contents'),
  'pulls/list': read('pull_requests'),
  'pulls/list-commits': read('pull_requests'),
  'pulls/list-files': read('pull_requests'),
  'pulls/merge': write('write', 'contents'),
  'pulls/update': write('read', 'pull_requests'),
  'reactions/create-for-issue-comment': write('read', 'issues', 'pull_requests'),
  'reactions/delete-for-issue-comment': write('read', 'issues', 'pull_requests'),
  'reactions/list-for-issue-comment': read('issues', 'pull_requests'),
  'repos/compare-commits-with-basehead': read('contents'),
  'repos/create-deployment': write('write', 'deployments'),
  'repos/create-deployment-status': write('write', 'deployments'),
  'repos/create-or-update-file-contents': write('write', 'contents'),
  'repos/delete-an-environment': write('admin', 'administration', 'environments'),
  'repos/delete-deployment': write('write', 'deployments'),
  'repos/get-branch': read('contents'),
  'repos/get-commit': read('contents'),
  'repos/get-content': read('contents'),
  'repos/get-deployment': read('deployments'),
  'repos/list-branches': read('contents'),
  'repos/list-commits': read('contents'),
  'repos/list-deployment-statuses': read('deployments'),
  'repos/list-deployments': read('deployments'),
  'repos/list-pull-requests-associated-with-commit': read('pull_requests', 'contents'),
};

const levels: readonly PermissionLevel[] = ['read', 'write', 'admin'];

/** What an operation of GitHub's needs. `metadata: read` is what every installation has. */
export function needsOf(operation: string): Needs {
  return needsOfOperation[operation] ?? read('metadata');
}

function refuseInstallation(
  caller: Extract<Caller, { kind: 'installation' }>,
  repository: Repository,
  needs: Needs,
): void {
  const { installation, permissions, repositories } = caller.token;
  const granted = installation.repositories?.has(repository) ?? installation.account === repository.owner;
  const accessible = granted && (repositories?.has(repository) ?? true);
  if (!accessible && repository.isPrivate) {
    throw notFound();
  }
  const permitted = needs.permissions.some((name) => {
    const held = name === 'metadata' ? 'read' : permissions[name];
    return held !== undefined && levels.indexOf(held) >= levels.indexOf(needs.level);
  });
  // Anybody may read what is public, also with a token made for another repository.
  if (accessible ? !permitted : needs.level !== 'read') {
    throw integrationForbidden();
  }
}

function refuseUser(login: string, repository: Repository, needs: Needs): void {
  if (!hasRole(repository, login, 'read')) {
    throw notFound();
  }
  if (needs.role === undefined) {
    throw new GitHubError(403, 'You must authenticate via a GitHub App.');
  }
  if (!hasRole(repository, login, needs.role)) {
    throw roleForbidden();
  }
}

/** Throws what GitHub answers a caller who may not do this to the repository. */
export function refuseForbidden(operation: string, caller: Caller, repository: Repository): void {
  const needs = needsOf(operation);
  if (caller.kind === 'installation') {
    refuseInstallation(caller, repository, needs);
  } else if (caller.kind === 'user') {
    refuseUser(caller.account.login, repository, needs);
  } else if (caller.kind === 'app') {
    throw badCredentials();
  } else if (repository.isPrivate) {
    throw notFound();
  } else if (needs.level !== 'read') {
    throw badCredentials('Requires authentication');
  }
}

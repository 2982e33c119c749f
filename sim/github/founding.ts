import { randomBytes } from 'node:crypto';
import { addCommit } from './behaviour/pushes.ts';
import type { Account } from './entities/account.ts';
import type { Label } from './entities/label.ts';
import type { Repository, RoleName } from './entities/repository.ts';
import type { Workflow } from './entities/workflow.ts';
import type { World } from './world.ts';

export interface NewRepository {
  readonly owner: string;
  readonly name: string;
  readonly description?: string;
  readonly isPrivate?: boolean;
  readonly defaultBranch?: string;
  /** The first commit on the default branch. */
  readonly files: { readonly [path: string]: string };
  readonly message?: string;
  /** Of that commit, by the repository's first collaborator or owner. */
  readonly sha?: string;
  /** Login to role. Everybody else reads if it is public. */
  readonly collaborators?: { readonly [login: string]: RoleName };
}

/** Makes what was there before anybody looked: no webhook tells of it. */
export type Founding = ReturnType<typeof createFounding>;

export function createFounding(world: World) {
  const { store, clock } = world;

  function addAccount(login: string, type: Account['type']): Account {
    const known = store.accounts.get(login);
    if (known) {
      return known;
    }
    const token = type === 'User' ? `ghp_${randomBytes(18).toString('hex')}` : undefined;
    const account = { id: store.nextId(), login, type, token, createdAt: clock.now() };
    store.accounts.set(login, account);
    return account;
  }

  function emptyRepository(wanted: NewRepository): Repository {
    const now = clock.now();
    return {
      id: store.nextId(),
      name: wanted.name,
      owner: store.account(wanted.owner),
      isPrivate: wanted.isPrivate ?? false,
      description: wanted.description,
      defaultBranch: wanted.defaultBranch ?? 'main',
      parent: undefined,
      createdAt: now,
      branches: new Map(),
      commits: new Map(),
      collaborators: new Map(Object.entries(wanted.collaborators ?? {})),
      labels: new Map(),
      pullRequests: new Map(),
      comments: new Map(),
      checkSuites: new Map(),
      checkRuns: new Map(),
      deployments: new Map(),
      environments: new Set(),
      workflows: [],
      workflowRuns: new Map(),
      isArchived: false,
      pushedAt: now,
      updatedAt: now,
    };
  }

  return {
    /** These three answer the account of that login if there is one. */
    addUser: (login: string): Account => addAccount(login, 'User'),
    addBot: (login: string): Account => addAccount(login, 'Bot'),
    addOrganisation: (login: string): Account => addAccount(login, 'Organization'),
    addRepository(wanted: NewRepository): Repository {
      const repository = emptyRepository(wanted);
      const author = Object.keys(wanted.collaborators ?? {})[0];
      const actor = author === undefined ? repository.owner : store.account(author);
      const { files, message = 'Initial commit', sha } = wanted;
      const commit = addCommit(world, { repository, actor }, { message, files, parents: [], ...(sha && { sha }) });
      repository.branches.set(repository.defaultBranch, commit.sha);
      store.addRepository(repository);
      return repository;
    },
    addLabel(
      repository: Repository,
      { name, color, description }: { name: string; color: string; description?: string },
    ): Label {
      const label = { id: store.nextId(), name, color, description };
      repository.labels.set(name.toLowerCase(), label);
      return label;
    },
    /** `inputs` are the names `workflow_dispatch` takes; leave them out for a workflow that cannot be dispatched. */
    addWorkflow(
      repository: Repository,
      { path, name, inputs }: { path: string; name: string; inputs?: readonly string[] },
    ): Workflow {
      const workflow = { id: store.nextId(), name, path, dispatchInputs: inputs, createdAt: clock.now() };
      repository.workflows.push(workflow);
      return workflow;
    },
  };
}

import { createHash } from 'node:crypto';
import type { Installation, Permissions } from '../entities/installation.ts';
import type { GitHubSimulator } from '../server.ts';
import {
  type VolChange,
  volChangelog,
  volFirstFiles,
  volMainCommits,
  volPeople,
  volPullRequests,
} from './vol-story.ts';

export interface VolSeed {
  /** `dvsa/vol-app` */
  readonly repository: string;
  readonly installation: Installation;
  readonly people: typeof volPeople;
  /** Tip of main */
  readonly mainSha: string;
}

/** The ten digits that are known, and thirty that follow from them. */
function volSha(known: string): string {
  return (
    known +
    createHash('sha1')
      .update(`dvsa/vol-app ${known}`)
      .digest('hex')
      .slice(0, 40 - known.length)
  );
}

function paths({ path, count }: VolChange): string[] {
  return count === undefined
    ? [path]
    : Array.from({ length: count }, (_, index) => path.replace(/(\.\w+)$/, `${String(index + 1).padStart(3, '0')}$1`));
}

function contents(changes: readonly VolChange[], note: string): { [path: string]: string } {
  return Object.fromEntries(changes.flatMap(paths).map((path) => [path, `${path}\n${note}\n`]));
}

/**
 * Founds dvsa/vol-app with its open pull requests of the summer of 2026, real in number, branch, head and changed areas
 * (files, titles and people stand in for the real ones), and installs the app there last: only that sends a webhook.
 * `blueprint` is committed as `.github/ephemeral.yml` on main, and so stands on each branch, as do `workflows`: texts by
 * the name of their file. Beside it is dvsa/olcs-etl with the schema's changelog. The installation grants `permissions`,
 * or whatever the app asks for.
 */
export function seedVol(
  simulator: GitHubSimulator,
  {
    blueprint,
    label = 'ephemeral',
    workflows = {},
    permissions,
  }: {
    blueprint: string;
    label?: string;
    workflows?: { readonly [name: string]: string };
    permissions?: Permissions;
  },
): VolSeed {
  const { founding, actions } = simulator;
  const { developer, reviewer, outsider, dependabot, snyk, actions: automation } = volPeople;
  founding.addOrganisation('dvsa');
  for (const login of [developer, reviewer, outsider, snyk]) {
    founding.addUser(login);
  }
  for (const login of [dependabot, automation]) {
    founding.addBot(login);
  }
  const first = volFirstFiles.map((path) => ({ path }));
  const vol = founding.addRepository({
    owner: 'dvsa',
    name: 'vol-app',
    description: 'Vehicle Operator Licensing',
    files: contents(first, 'first'),
    collaborators: {
      [reviewer]: 'admin',
      [developer]: 'write',
      [dependabot]: 'write',
      [snyk]: 'write',
      [automation]: 'write',
    },
  });
  const repository = 'dvsa/vol-app';
  founding.addLabel(vol, {
    name: label,
    color: '1d76db',
    description: 'Gives this pull request an environment of its own',
  });
  founding.addWorkflow(vol, { path: '.github/workflows/docker.yaml', name: 'Docker' });
  founding.addWorkflow(vol, {
    path: '.github/workflows/ephemeral-build.yaml',
    name: 'Ephemeral build',
    inputs: ['branch', 'sha'],
  });
  founding.addWorkflow(vol, { path: '.github/workflows/ephemeral-cd.yaml', name: 'Ephemeral environment CD' });

  for (const [index, { message, changes }] of volMainCommits.entries()) {
    actions.push({ repository, actor: developer, ref: 'main', message, files: contents(changes, `main ${index}`) });
  }
  const texts = Object.entries(workflows).map(([name, text]) => [`.github/workflows/${name}`, text]);
  const files = { '.github/ephemeral.yml': blueprint, ...Object.fromEntries(texts) };
  const { sha: mainSha } = actions.push({
    repository,
    actor: reviewer,
    ref: 'main',
    message: 'feat: ephemeral environments',
    files,
  });

  for (const { number, head, branch, title, author, changes } of volPullRequests) {
    const place = { repository, actor: author };
    actions.push({ ...place, ref: branch, message: title, files: contents(changes, branch), sha: volSha(head) });
    actions.openPullRequest({ ...place, head: branch, title, number });
  }
  const installation = actions.installApp({
    actor: reviewer,
    account: 'dvsa',
    repositories: [repository, foundSchema(simulator)],
    ...(permissions && { permissions }),
  });
  return { repository, installation, people: volPeople, mainSha };
}

/** `dvsa/olcs-etl`, at the commit that the blueprint names. */
function foundSchema({ founding }: Pick<GitHubSimulator, 'founding'>): string {
  const [owner, name] = ['dvsa', 'olcs-etl'];
  founding.addRepository({
    owner,
    name,
    description: 'The schema of Vehicle Operator Licensing, as a changelog of Liquibase',
    files: volChangelog,
    message: 'feat: schema',
    sha: volSha('1a2b3c4'),
    collaborators: { [volPeople.reviewer]: 'admin' },
  });
  return `${owner}/${name}`;
}

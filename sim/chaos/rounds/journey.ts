import type { Repository } from '../../github/entities/repository.ts';
import type { LocalCloud } from '../../local/local-cloud.ts';
import { chaosBlueprint } from '../chaos-blueprint.ts';

/** What is done to a pull request, and what comes of it: label → ready, push → served, command → a fresh clone, close → gone. */
export const JOURNEYS = ['create', 'update', 'reset', 'destroy'] as const;
export type Journey = (typeof JOURNEYS)[number];

/** From the label to the end, named by what is between. What a clone that was replaced leaves to be destroyed has other names. */
export const WAYS = {
  update: ['create', 'update', 'destroy'],
  reset: ['create', 'reset', 'destroy'],
} as const satisfies Readonly<Record<string, readonly Journey[]>>;

export interface Traveller {
  readonly number: number;
  /** `pr-7` */
  readonly environment: string;
  readonly at: { readonly repository: string; readonly number: number; readonly actor: string };
  /** The branch. */
  readonly ref: string;
}

/** As the pull request tells it. */
export type Arrival = 'ready' | 'failing' | 'gone' | 'under way';

const MARKER = '<!-- mayfly:environment -->';

/** Opens a pull request of its own. */
export function openTraveller({ github, seed }: LocalCloud, name: string): Traveller {
  const place = { repository: seed.repository, actor: seed.people.developer };
  const files = { 'app/chaos.js': `${name}\n`, '.github/ephemeral.yml': chaosBlueprint(1) };
  github.actions.push({ ...place, ref: name, message: name, files });
  const { number } = github.actions.openPullRequest({ ...place, head: name, title: `feat: ${name}` });
  return { number, environment: `pr-${number}`, ref: name, at: { ...place, number } };
}

export function setOut({ github, label }: LocalCloud, { at, ref }: Traveller, journey: Journey): void {
  switch (journey) {
    case 'create':
      github.actions.label({ ...at, label });
      break;
    case 'update':
      github.actions.push({
        ...at,
        ref,
        files: { 'app/chaos.js': `${ref} again\n`, '.github/ephemeral.yml': chaosBlueprint(2) },
      });
      break;
    case 'reset':
      github.actions.comment({ ...at, body: '/ephemeral db reset' });
      break;
    case 'destroy':
      github.actions.close(at);
      break;
  }
}

/** The same, of a journey after which AWS has to show something that the pull request does not tell. */
export function arrivalAfter(
  journey: Journey,
  cloud: Pick<LocalCloud, 'github' | 'aws'>,
  traveller: Traveller,
): Arrival {
  const arrival = arrivalOf(cloud, traveller);
  return journey === 'reset' && arrival === 'ready' && !hasFreshClone(cloud, traveller) ? 'under way' : arrival;
}

/** The first has the environment's own name, and goes last. */
function hasFreshClone({ aws }: Pick<LocalCloud, 'aws'>, { environment }: Traveller): boolean {
  const clones = [...(aws?.world.rds.clusters.values() ?? [])].filter(
    ({ tags }) => tags['Environment'] === environment,
  );
  return clones.length === 1 && !clones.some(({ id }) => id.endsWith(environment));
}

/** What the pull request says of its environment, for its present head. */
export function arrivalOf({ github }: Pick<LocalCloud, 'github'>, traveller: Traveller): Arrival {
  const repository = github.store.repository(traveller.at.repository);
  const { body, checks, deployed } = saidOf(repository, traveller);
  const concluded = (conclusion: string): boolean => checks.some((check) => check.conclusion === conclusion);
  if (body.includes('was removed') && checks.every(({ status }) => status === 'completed')) {
    return 'gone';
  }
  if (concluded('success') && body.includes('is ready') && deployed === 'success') {
    return 'ready';
  }
  return concluded('failure') && body.includes('failing') ? 'failing' : 'under way';
}

function saidOf(repository: Repository, { at, environment }: Traveller) {
  const sha = repository.pullRequests.get(at.number)?.head.sha;
  const comment = [...repository.comments.values()].find(
    ({ number, body, viaApp }) => viaApp && number === at.number && body.includes(MARKER),
  );
  return {
    body: comment?.body ?? '',
    checks: [...repository.checkRuns.values()].filter(
      ({ suite, externalId }) => suite.headSha === sha && externalId === `${at.repository}#${at.number}`,
    ),
    deployed: [...repository.deployments.values()]
      .findLast((each) => each.sha === sha && each.task.endsWith(`:${environment}`))
      ?.statuses.at(-1)?.state,
  };
}

export const DESTINATIONS: Readonly<Record<Journey, Arrival>> = {
  create: 'ready',
  update: 'ready',
  reset: 'ready',
  destroy: 'gone',
};

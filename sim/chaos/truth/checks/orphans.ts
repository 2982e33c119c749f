import type { Case } from '../case.ts';
import { isOurs } from '../our-tags.ts';
import { type Violation, violation } from '../violation.ts';

/** Nothing marked as ours stands for a pull request that is owed nothing, or that there is not. */
export function checkOrphans({ cloud, pulls, things }: Case): Violation[] {
  const unwanted = pulls.filter(({ wanted }) => wanted === 'absent');
  const known = new Set(pulls.map(({ environment }) => environment));
  const left = unwanted.flatMap(({ environment, pull, things: own }) =>
    own.map(({ kind, name }) =>
      violation(6, environment, `the ${kind} ${name} stands, and the pull request is ${stateOf(pull)}`),
    ),
  );
  const lost = things
    .filter(({ tags }) => isOurs(tags) && tags['Repository'] === cloud.repository)
    .filter(({ tags }) => !known.has(tags['Environment'] ?? ''))
    .map(({ kind, name, tags }) =>
      violation(6, tags['Environment'] ?? name, `the ${kind} ${name} stands, and there is no such pull request`),
    );
  return [...left, ...lost];
}

function stateOf({ state, labels }: { state: string; labels: readonly string[] }): string {
  return `${state}, ${labels.length === 0 ? 'without a label' : `labelled ${labels.join(', ')}`}, and owed nothing`;
}

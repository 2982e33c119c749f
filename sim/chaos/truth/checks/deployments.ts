import type { Deployment } from '../../../github/entities/deployment.ts';
import type { Case, JudgedCloud, PullCase } from '../case.ts';
import { isUp } from '../case.ts';
import { notOfHead } from '../served.ts';
import { type Violation, violation } from '../violation.ts';

/** One deployment a commit, and the only active one is that of a head which is served. */
export function checkDeployments({ cloud, pulls }: Case): Violation[] {
  return pulls.flatMap((pull) => [...doubled(pull), ...falselyActive(cloud, pull)]);
}

function doubled({ deployments, environment }: PullCase): Violation[] {
  return [...Map.groupBy(deployments, ({ sha }) => sha)]
    .filter(([, made]) => made.length > 1)
    .map(([sha, made]) => violation(9, environment, `the commit ${sha.slice(0, 7)} has ${made.length} deployments`));
}

function falselyActive({ aws }: JudgedCloud, pull: PullCase): Violation[] {
  const isServed = isUp(pull) && notOfHead(aws.world, pull).length === 0;
  return pull.deployments
    .filter((deployment) => stateOf(deployment) === 'success')
    .filter(({ sha }) => !isServed || sha !== pull.pull.head.sha)
    .map(({ sha }) =>
      violation(9, pull.environment, `the deployment of ${sha.slice(0, 7)} is active, and that commit is not served`),
    );
}

function stateOf({ statuses }: Deployment): string {
  return statuses.at(-1)?.state ?? 'none';
}

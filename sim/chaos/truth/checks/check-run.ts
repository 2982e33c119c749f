import type { Case, JudgedCloud, PullCase } from '../case.ts';
import { isUp } from '../case.ts';
import { notOfHead } from '../served.ts';
import { type Violation, violation } from '../violation.ts';

/** Green exactly where the head is served; one check run a commit; none of another commit is green or still running. */
export function checkCheckRuns({ cloud, pulls }: Case): Violation[] {
  return pulls.flatMap((pull) => [
    ...falseGreen(cloud, pull),
    ...missingGreen(cloud, pull),
    ...doubled(pull),
    ...stale(pull),
  ]);
}

function ofHead({ checks, pull }: PullCase) {
  return checks.filter(({ suite }) => suite.headSha === pull.head.sha);
}

function falseGreen({ aws }: JudgedCloud, pull: PullCase): Violation[] {
  const green = ofHead(pull).filter(({ conclusion }) => conclusion === 'success');
  const faults = isUp(pull) ? notOfHead(aws.world, pull) : ['nothing of it stands'];
  return green.flatMap(({ output }) =>
    faults.map((fault) => violation(9, pull.environment, `its check run is green ("${output.title}"), and ${fault}`)),
  );
}

/** Whoever waits for the green that the commit deserves waits for ever. */
function missingGreen({ aws }: JudgedCloud, pull: PullCase): Violation[] {
  const isOwed = isUp(pull) && pull.wanted !== 'absent' && pull.shape && notOfHead(aws.world, pull).length === 0;
  const states = ofHead(pull).map(({ status, conclusion, output }) => `${conclusion ?? status} ("${output.title}")`);
  return isOwed && !ofHead(pull).some(({ conclusion }) => conclusion === 'success')
    ? [violation(9, pull.environment, `its head is served, and its check run is ${states.join(', ') || 'not there'}`)]
    : [];
}

function doubled({ checks, environment }: PullCase): Violation[] {
  return [...Map.groupBy(checks, ({ suite }) => suite.headSha)]
    .filter(([, runs]) => runs.length > 1)
    .map(([sha, runs]) => violation(9, environment, `the commit ${sha.slice(0, 7)} has ${runs.length} check runs`));
}

function stale({ checks, environment, pull }: PullCase): Violation[] {
  return checks
    .filter(({ suite }) => suite.headSha !== pull.head.sha)
    .filter(({ status, conclusion }) => status !== 'completed' || conclusion === 'success')
    .map(({ suite, status, conclusion }) => {
      const sha = suite.headSha.slice(0, 7);
      return violation(9, environment, `the check run of ${sha}, which is not the head, is ${conclusion ?? status}`);
    });
}

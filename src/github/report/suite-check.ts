import type { EnvironmentReport, SuiteReport } from '../../reconcile/reporter.ts';
import type { RunConclusion } from '../../reconcile/workflow-run.ts';
import { CHECK_NAME, type CheckContent } from './check.ts';
import { code, oneLine, phrase, shortened, table } from './markdown.ts';
import { runLink } from './run-link.ts';
import { shortSha } from './words.ts';

/** The check run of one run of a suite; GitHub refuses a pull request with it where its name is required. */
export function suiteCheckName(suite: string): string {
  return `${CHECK_NAME} / ${suite}`;
}

/** By which the check run is known again, and its "Re-run" understood. */
export function suiteExternalId({ id }: EnvironmentReport['environment'], { key, life }: SuiteReport): string {
  return `${id}/${life}/${key}`;
}

/** What a check run of a suite is of; undefined for any other check run. */
export function suiteOf(externalId: string | null): { environment: string; suite: string; sha: string } | undefined {
  const [, environment, suite, sha] =
    /^(.+#\d+)\/\d+\/suite\/([a-z0-9-]+)\/([0-9a-f]{40})\/\d+$/.exec(externalId ?? '') ?? [];
  return environment && suite && sha ? { environment, suite, sha } : undefined;
}

/** Green only when the run succeeded against the commit that it stands on. `pageUrl` is where to look until there is a run. */
export function renderSuiteCheck(suite: SuiteReport, { pageUrl }: { pageUrl: string }): CheckContent {
  return {
    ...outcomeOf(suite),
    title: shortened(oneLine(titleOf(suite)), 120),
    summary: summaryOf(suite),
    detailsUrl: suite.link?.url || pageUrl,
    actions: [],
  };
}

/** `stale` cannot be said by an app: "only GitHub can set this" (REST API, check runs). */
const CONCLUSIONS: Readonly<Record<RunConclusion, NonNullable<CheckContent['conclusion']>>> = {
  success: 'success',
  failure: 'failure',
  'timed-out': 'timed_out',
  cancelled: 'cancelled',
  skipped: 'neutral',
  void: 'neutral',
  'not-started': 'failure',
};

function outcomeOf({ state, conclusion }: SuiteReport): Pick<CheckContent, 'status' | 'conclusion'> {
  if (state === 'ended') {
    return { status: 'completed', conclusion: CONCLUSIONS[conclusion ?? 'failure'] };
  }
  return { status: state === 'running' ? 'in_progress' : 'queued' };
}

const ENDINGS: Readonly<Record<RunConclusion, string>> = {
  success: 'Passed',
  failure: 'Failed',
  'timed-out': 'Took too long',
  cancelled: 'Cancelled',
  skipped: 'Skipped',
  void: 'Does not count',
  'not-started': 'Not started',
};

function titleOf({ state, conclusion, sha }: SuiteReport): string {
  const at = `at ${shortSha(sha)}`;
  switch (state) {
    case 'asked':
      return `Being started ${at}`;
    case 'queued':
      return `Waiting for a runner ${at}`;
    case 'running':
      return `Running ${at}`;
    case 'ended':
      return `${ENDINGS[conclusion ?? 'failure']} ${at}`;
  }
}

function summaryOf({ suite, sha, askedBy, link, message }: SuiteReport): string {
  const facts = table(
    ['Suite', 'Commit', 'Asked for by', 'Run'],
    [[code(suite), code(shortSha(sha)), code(askedBy), link ? runLink(link) : '—']],
  );
  const again = `\`/ephemeral test ${suite}\` runs it once more, while the environment is ready.`;
  return [message === '' ? '' : phrase(message), facts, again].filter((part) => part !== '').join('\n\n');
}

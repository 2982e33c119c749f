import type { EnvironmentReport, SuiteReport } from '../../reconcile/reporter.ts';
import type { RunConclusion } from '../../reconcile/workflow-run.ts';
import { code } from './markdown.ts';
import { runLink } from './run-link.ts';

/** The last run of each suite against the commit that is served; empty when none was asked for. */
export function suiteLine({ suites, headSha }: EnvironmentReport): string {
  const last = new Map(suites.filter(({ sha }) => sha === headSha).map((suite) => [suite.suite, suite]));
  const parts = [...last.values()]
    .toSorted((a, b) => (a.suite < b.suite ? -1 : 1))
    .map((suite) => `${code(suite.suite)} ${stateOf(suite)}${suite.link ? ` (${runLink(suite.link)})` : ''}`);
  return parts.length === 0 ? '' : `**Tests** ${parts.join(' · ')}`;
}

const ENDINGS: Readonly<Record<RunConclusion, string>> = {
  success: '✅ passed',
  failure: '❌ failed',
  'timed-out': '❌ took too long',
  'not-started': '❌ not started',
  cancelled: '▫️ cancelled',
  skipped: '▫️ skipped',
  void: '▫️ does not count',
};

function stateOf({ state, conclusion }: SuiteReport): string {
  if (state === 'ended') {
    return ENDINGS[conclusion ?? 'failure'];
  }
  return state === 'running' ? '⏳ running' : '⏳ being started';
}

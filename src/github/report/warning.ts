import { formatInstant } from '../../domain/instant.ts';
import type { EnvironmentReport } from '../../reconcile/reporter.ts';
import { code, isPerson, mention } from './markdown.ts';
import { endedBeforeItBegan, isAlive } from './words.ts';

export const WARNING_MARKER = '<!-- mayfly:warning -->';

/** The warning comment as it is to read, and `digest`, by which the next call knows what it reads now. */
export interface WarningContent {
  readonly body: string;
  readonly digest: string;
  /** Whether a comment is made for it when there is none. */
  readonly create: boolean;
}

/**
 * The warning as it is to read; undefined when there is nothing to say or to correct. `digest` is that of the comment
 * as it stands, undefined when there is none.
 */
export function renderWarning(report: EnvironmentReport, digest: string | undefined): WarningContent | undefined {
  if (report.warning !== null && isAlive(report)) {
    return dueWarning(report, report.warning);
  }
  return digest === undefined ? undefined : withdrawnWarning(report, digest);
}

function dueWarning(report: EnvironmentReport, hours: number): WarningContent {
  const { environment, expiresAt, phase } = report;
  const name = `environment ${code(environment.name)}`;
  const when = `on **${formatInstant(expiresAt)}**, in less than ${hours} hours`;
  const sentence =
    phase === 'waiting'
      ? `${name} still waits for a slot, and its time runs out ${when}. \`/ephemeral extend 3d\` keeps its place.`
      : `${name} is removed ${when}. \`/ephemeral extend 3d\` keeps it.`;
  return {
    body: `${WARNING_MARKER}\n⏰ ${addressees(report)}: ${sentence}`,
    digest: `${expiresAt.toISOString()} ${hours}`,
    create: true,
  };
}

/** Nobody reads what a bot is told: the blueprint's owners are told instead. */
function addressees({ owner, owners }: EnvironmentReport): string {
  return isPerson(owner) || owners.length === 0 ? mention(owner) : owners.map(mention).join(', ');
}

/** What a warning reads once it is true no longer. Nobody is mentioned: it is only that no stale sentence stays behind. */
function withdrawnWarning(report: EnvironmentReport, digest: string): WarningContent | undefined {
  const name = code(report.environment.name);
  if (!isAlive(report)) {
    const end = endedBeforeItBegan(report) ? 'was not made' : 'has been removed since';
    return { body: `${WARNING_MARKER}\n⏰ Environment ${name} ${end}.`, digest: 'gone', create: false };
  }
  const expiry = report.expiresAt.toISOString();
  if (digest.startsWith(expiry)) {
    return undefined;
  }
  const until = formatInstant(report.expiresAt);
  return {
    body: `${WARNING_MARKER}\n⏰ Environment ${name} is kept until **${until}**.`,
    digest: `${expiry} kept`,
    create: false,
  };
}

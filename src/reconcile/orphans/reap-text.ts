import type { EnvironmentOwner } from '../../domain/environment.ts';
import { formatTtl } from '../../domain/tags.ts';
import type { ReapedEnvironment, ReapReport } from './reap-report.ts';

/** What one message holds; the log has the rest. A topic takes 256 KiB in all (Publish, SNS API reference). */
const MOST_BYTES = 200 * 1024;
const MOST_ENVIRONMENTS = 30;
const MOST_THINGS = 15;
/** What AWS says of a refusal can be pages. */
const LONGEST_LINE = 400;
/** The hour, UTC, in which what only stands as it stood is told again. */
const REMINDING_HOUR = 9;

export interface ReportText {
  /** One line of printable ASCII, at most 100 characters, as SNS takes a subject (Publish, API reference). */
  readonly subject: string;
  readonly text: string;
}

/**
 * A run as people read it; undefined when there is nothing to tell. What was done, would have been done or failed is told
 * at once; what is only kept, for its tags, in one hour a day, because the next run would say the same.
 */
export function reportText(report: ReapReport, platform: string): ReportText | undefined {
  const reminding = report.at.getUTCHours() === REMINDING_HOUR;
  const told = report.environments.filter(({ outcome }) => reminding || !isKept(outcome));
  if (told.length === 0) {
    return undefined;
  }
  const parts = fitting(told.slice(0, MOST_ENVIRONMENTS).map(paragraph));
  const more = told.length - parts.length;
  return {
    subject: `Mayfly reaper (${platform}): ${summary(told)}`.slice(0, 100),
    text: `${[heading(report), ...parts, ...(more > 0 ? [`And ${more} more: see the log.`] : [])].join('\n\n')}\n`,
  };
}

/** As many as one message holds, from the first on. */
function fitting(paragraphs: readonly string[]): string[] {
  let bytes = 0;
  return paragraphs.filter((text) => {
    bytes += Buffer.byteLength(text);
    return bytes <= MOST_BYTES;
  });
}

function isKept(outcome: ReapedEnvironment['outcome']): boolean {
  return outcome === 'protected' || outcome === 'unreadable';
}

const WORDS: Readonly<Record<ReapedEnvironment['outcome'], string>> = {
  cleared: 'cleared',
  going: 'on its way out',
  expired: 'would be removed',
  protected: 'expired and protected',
  unreadable: 'without a readable expiry',
};

function summary(environments: readonly ReapedEnvironment[]): string {
  const outcomes = Object.keys(WORDS) as ReapedEnvironment['outcome'][];
  return outcomes
    .map((outcome) => ({ outcome, count: environments.filter((one) => one.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) => `${count} ${WORDS[outcome]}`)
    .join(', ');
}

function heading({ dryRun, seen }: ReapReport): string {
  const counted = seen === 1 ? 'There was 1 environment' : `There were ${seen} environments`;
  return dryRun ? `${counted}. This was a dry run: nothing was removed.` : `${counted}.`;
}

function paragraph(environment: ReapedEnvironment): string {
  const { owner, outcome, expiresAt, found, left, others } = environment;
  const since = expiresAt === null ? '' : `, expired at ${formatTtl(expiresAt)}`;
  return [
    `${nameOf(owner)}: ${WORDS[outcome]}${since}`,
    ...listed(outcome === 'cleared' ? 'removed' : 'found', found),
    ...listed(
      isKept(outcome) ? 'why' : 'still there',
      left.map(({ what, why }) => `${what}: ${why}`),
    ),
    ...listed('not ours to remove, if it is there', others),
  ].join('\n');
}

function nameOf({ name, pullRequest }: EnvironmentOwner): string {
  const { repository, number } = pullRequest;
  return number === null ? `${name} (${repository}, made by Terraform)` : `${name} (${repository}#${number})`;
}

function listed(title: string, lines: readonly string[]): string[] {
  const more = lines.length - MOST_THINGS;
  return lines.length === 0
    ? []
    : [
        `  ${title}:`,
        ...lines.slice(0, MOST_THINGS).map((line) => `    ${cut(line)}`),
        ...(more > 0 ? [`    and ${more} more`] : []),
      ];
}

function cut(line: string): string {
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE - 1)}…` : line;
}

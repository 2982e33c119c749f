import type { EnvironmentReport } from '../../reconcile/reporter.ts';
import { CHECK_ACTIONS } from './check-actions.ts';
import {
  approvalSection,
  causeOf,
  failureSections,
  isBlueprintBad,
  refusalInBrief,
  refusalSection,
} from './failures.ts';
import { code, oneLine, shortened } from './markdown.ts';
import { migrationSection } from './migrations.ts';
import { waitingSections, waitingTitle } from './queue.ts';
import { mainUrl, serviceTable } from './services.ts';
import { stepTable } from './steps.ts';
import { endedBeforeItBegan, isAlive, isMoving, progress, RELEASE_WORDS, servesHead, shortSha } from './words.ts';

export const CHECK_NAME = 'ephemeral';

/** A check run as GitHub's API takes it, but for the commit. */
export interface CheckContent {
  readonly status: 'queued' | 'in_progress' | 'completed';
  readonly conclusion?: 'success' | 'failure' | 'neutral' | 'cancelled' | 'timed_out';
  readonly title: string;
  readonly summary: string;
  /** Always one: GitHub keeps the last that it was given, and that of an environment leads nowhere once it is gone. */
  readonly detailsUrl: string;
  readonly actions: readonly { readonly identifier: string; readonly label: string; readonly description: string }[];
}

/** GitHub's limit for a summary is 65,535 characters; a title has none that is written, and is cut to stay a line. */
const MAX_SUMMARY = 65_000;
const MAX_TITLE = 120;

/** The check run of the head's commit. `pageUrl` is where to look until there is something to open. */
export function renderCheck(report: EnvironmentReport, pageUrl: string, schemaUrl?: string): CheckContent {
  return {
    ...outcomeOf(report),
    title: shortened(oneLine(titleOf(report)), MAX_TITLE),
    summary: summaryOf(report, schemaUrl).slice(0, MAX_SUMMARY),
    detailsUrl: servesHead(report) ? (mainUrl(report) ?? pageUrl) : pageUrl,
    actions: isAlive(report) ? Object.values(CHECK_ACTIONS) : [],
  };
}

/** The check run of a commit that is the head no longer. */
export function renderSupersededCheck(headSha: string, pageUrl: string): CheckContent {
  return {
    status: 'completed',
    conclusion: 'neutral',
    title: `Superseded by ${shortSha(headSha)}`,
    summary: `The environment follows the pull request's head, which is ${code(shortSha(headSha))} now.`,
    detailsUrl: pageUrl,
    actions: [],
  };
}

/** Green only when what is served is the head's commit; neutral when it waits for approval or for a slot, was refused or is gone. */
function outcomeOf(report: EnvironmentReport): Pick<CheckContent, 'status' | 'conclusion'> {
  if (servesHead(report)) {
    return { status: 'completed', conclusion: 'success' };
  }
  if (isMoving(report)) {
    return { status: 'in_progress' };
  }
  const failed = report.phase === 'failing' || (report.phase === 'refused' && isBlueprintBad(report.conditions));
  return { status: 'completed', conclusion: failed ? 'failure' : 'neutral' };
}

function titleOf(report: EnvironmentReport): string {
  const { phase, queue, releaseReason } = report;
  const because = releaseReason ? ` (${RELEASE_WORDS[releaseReason]})` : '';
  switch (phase) {
    case 'ready':
    case 'coming-up':
    case 'updating':
      return servesHead(report) ? readyTitle(report) : movingTitle(report);
    case 'unapproved':
      return 'Waiting for approval';
    case 'waiting':
      return slotTitle(queue);
    case 'failing':
      return causeOf(report);
    case 'going':
    case 'gone':
      return `${departure(report)}${because}`;
    case 'refused':
      return `Refused: ${refusalOf(report)}`;
  }
}

function slotTitle(queue: EnvironmentReport['queue']): string {
  return queue ? waitingTitle(queue) : 'Waiting for a slot';
}

function departure(report: EnvironmentReport): string {
  if (endedBeforeItBegan(report)) {
    return 'Not made';
  }
  return report.phase === 'gone' ? 'Removed' : 'Being removed';
}

function readyTitle({ services, headSha }: EnvironmentReport): string {
  return `Ready: ${services.length} ${services.length === 1 ? 'service' : 'services'} at ${shortSha(headSha)}`;
}

function movingTitle({ steps, queue }: EnvironmentReport): string {
  if (queue) {
    return waitingTitle(queue);
  }
  const current = steps.find(({ state }) => state === 'running') ?? steps.find(({ state }) => state === 'waiting');
  return current ? `${current.title}${progress(steps)}` : 'Starting';
}

function refusalOf({ conditions, failures }: EnvironmentReport): string {
  return refusalInBrief(conditions) ?? failures[0]?.message ?? 'not allowed';
}

function summaryOf(report: EnvironmentReport, schemaUrl: string | undefined): string {
  const { queue } = report;
  const parts = [
    report.phase === 'unapproved' ? approvalSection(report.conditions) : '',
    report.phase === 'refused' ? refusalSection(report.conditions, schemaUrl) : '',
    ...(queue ? waitingSections({ ...report, queue }) : []),
    failureSections(report, schemaUrl),
    report.phase === 'refused' ? '' : migrationSection(report),
    stepTable(report.steps),
    report.servedSha === null ? '' : serviceTable(report),
  ].filter((part) => part !== '');
  const nothing = endedBeforeItBegan(report) ? 'No environment was made.' : 'Nothing has happened yet.';
  return parts.length === 0 ? nothing : parts.join('\n\n');
}

import { formatDuration } from '../../domain/duration.ts';
import { formatInstant } from '../../domain/instant.ts';
import type { DatabaseReport, EnvironmentReport } from '../../reconcile/reporter.ts';
import { costInAll, costRate, costSection } from './cost.ts';
import { approvalSection, failureSections, isBlueprintBad, refusalSection } from './failures.ts';
import { code, details, fence, phrase, prose } from './markdown.ts';
import { migrationLine } from './migrations.ts';
import { queueHeading, waitingSections } from './queue.ts';
import { receiptSection } from './receipt.ts';
import { mainService, serviceTable } from './services.ts';
import { stepHistory, stepList } from './steps.ts';
import { suiteLine } from './suites.ts';
import { expiresSoon, expiryInWords } from './time.ts';
import { endedBeforeItBegan, isMoving, RELEASE_WORDS, servesHead, shortSha } from './words.ts';

/** Finds the comment again; hidden from readers. */
export const COMMENT_MARKER = '<!-- mayfly:environment -->';

/** GitHub refuses longer comments (65,536 characters). */
const MAX_LENGTH = 65_000;

/**
 * The one comment on the pull request. A pure function of the report, and the same text for as long as nothing changed
 * that a person cares about. `schemaUrl` is where the blueprint's schema can be read.
 */
export function renderComment(report: EnvironmentReport, schemaUrl?: string): string {
  const body = [COMMENT_MARKER, `### ${heading(report)}`, ...sections(report, schemaUrl)]
    .filter((section) => section !== '')
    .join('\n\n');
  return body.length <= MAX_LENGTH ? body : `${body.slice(0, MAX_LENGTH)}\n\n…`;
}

function heading(report: EnvironmentReport): string {
  const name = `Environment ${code(report.environment.name)}`;
  switch (report.phase) {
    case 'unapproved':
      return `✋ ${name} waits for approval of ${code(shortSha(report.headSha))}`;
    case 'waiting':
      return report.queue ? `⏳ ${queueHeading(report.queue, report.now)}` : `⏳ ${name} waits for a slot`;
    case 'coming-up':
      return `🟡 ${name} is being made${timeLeft(report)}`;
    case 'updating':
      return `🟡 ${name} is being updated to ${code(shortSha(report.headSha))}${timeLeft(report)}`;
    case 'ready':
      return readyHeading(name, report);
    case 'failing':
      return `🔴 ${name} is failing${report.failures[0] ? `: ${prose(report.failures[0].subject)}` : ''}`;
    case 'going':
    case 'gone':
      return `⚪ ${name} ${departure(report)}${because(report)}`;
    case 'refused':
      return `⛔ ${name} is refused`;
  }
}

function readyHeading(name: string, report: EnvironmentReport): string {
  return servesHead(report)
    ? `🟢 ${name} is ready`
    : `🟡 ${name} is ready, and not yet at ${code(shortSha(report.headSha))}`;
}

function departure(report: EnvironmentReport): string {
  if (endedBeforeItBegan(report)) {
    return 'was not made';
  }
  return report.phase === 'gone' ? 'was removed' : 'is being removed';
}

function timeLeft({ minutesLeft }: EnvironmentReport): string {
  return minutesLeft === null ? '' : ` · about ${minutesLeft} min left`;
}

function because({ releaseReason }: EnvironmentReport): string {
  return releaseReason ? ` (${RELEASE_WORDS[releaseReason]})` : '';
}

function sections(report: EnvironmentReport, schemaUrl: string | undefined): string[] {
  switch (report.phase) {
    case 'unapproved':
      return unapproved(report);
    case 'waiting':
      return [...waiting(report), migrationLine(report)];
    case 'coming-up':
    case 'updating':
    case 'ready':
    case 'failing':
      return standing(report, schemaUrl);
    case 'going':
      return [failureSections(report), receiptSection(report.receipt)];
    case 'gone':
      return gone(report);
    case 'refused':
      return refused(report, schemaUrl);
  }
}

/** What is served of an approved commit is served on, and can be looked at and taken away. */
function unapproved(report: EnvironmentReport): string[] {
  const hasServed = report.servedSha !== null;
  return [
    approvalSection(report.conditions),
    failureSections(report),
    hasServed ? serviceTable(report) : '',
    hasServed ? facts(report) : '',
    hasServed ? expiryNotice(report) : '',
    hasServed ? commands(report) : '',
    refusals(report),
    shared(report),
  ];
}

function waiting({ queue, conditions, ...report }: EnvironmentReport): string[] {
  const why = conditions.find(({ type }) => type === 'Admitted')?.message ?? '';
  return queue ? waitingSections({ ...report, queue }) : [phrase(why)];
}

function standing(report: EnvironmentReport, schemaUrl: string | undefined): string[] {
  const hasServed = report.servedSha !== null;
  return [
    failureSections(report, schemaUrl),
    // A commit that needs more than there is; what was served before is served still.
    ...(report.queue ? waiting(report) : []),
    hasServed || somethingWorks(report) ? serviceTable(report) : '',
    isMoving(report) ? stepList(report.steps) : '',
    facts(report),
    migrationLine(report),
    hasServed ? suiteLine(report) : '',
    expiryNotice(report),
    hasServed || report.phase === 'failing' ? commands(report) : '',
    hasServed && !isMoving(report) ? stepHistory(report) : '',
    hasServed && !isMoving(report) ? costSection(report) : '',
    refusals(report),
    shared(report),
  ];
}

/** One service that fails takes no link from the others. */
function somethingWorks({ phase, services }: EnvironmentReport): boolean {
  return phase === 'failing' && services.some(({ state }) => state === 'ready');
}

function facts({ servedSha, headSha, database, expiresAt, now, ...report }: EnvironmentReport): string {
  const commit = servedSha ? `**Serving** ${code(shortSha(servedSha))}` : `**Deploying** ${code(shortSha(headSha))}`;
  const parts = [
    commit,
    database ? `**Database** clone of ${sourceText(database)}, ${prose(database.capacity)}` : '',
    `**Expires** ${formatInstant(expiresAt)} (${expiryInWords(now, expiresAt)})`,
    `**Owner** ${code(report.owner)}`,
    costRate({ ...report, servedSha }),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** That it is masked is what the passport proves. */
function sourceText({ source, passport }: Pick<DatabaseReport, 'source' | 'passport'>): string {
  if (passport === null) {
    return code(source);
  }
  return `source ${prose(source)}, ${passport ? 'masked, passport ✓' : 'passport ✗'}`;
}

function expiryNotice({ now, expiresAt }: EnvironmentReport): string {
  return expiresSoon(now, expiresAt)
    ? `⏰ **It is removed ${expiryInWords(now, expiresAt)}.** \`/ephemeral extend 3d\` keeps it.`
    : '';
}

function commands({ services, label, conditions }: EnvironmentReport): string {
  // Whose logs can be asked for is read from the blueprint.
  const shown = isBlueprintBad(conditions) ? undefined : (mainService(services) ?? services[0]);
  const logs = shown ? ` · ${code(`/ephemeral logs ${shown.name}`)}` : '';
  return `\`/ephemeral extend 3d\` · \`/ephemeral redeploy\`${logs} · \`/ephemeral destroy\` · or remove the label ${code(label)}`;
}

function shared({ shared: things }: EnvironmentReport): string {
  return things.length === 0
    ? ''
    : details(
        'Shared with other environments',
        [...things]
          .sort()
          .map((thing) => `- ${phrase(thing)}`)
          .join('\n'),
      );
}

/** In the open: whoever approved the commit may have expected something else. */
function refusals({ refusals: sentences }: EnvironmentReport): string {
  return sentences.length === 0
    ? ''
    : [
        "🔒 The commit is a fork's, so it has no more rights than its base:",
        ...sentences.map((one) => `- ${phrase(one)}`),
      ].join('\n');
}

function gone(report: EnvironmentReport): string[] {
  const { createdAt, goneAt } = report;
  if (endedBeforeItBegan(report)) {
    return [wayBack(report, 'ask for it again')];
  }
  const lived = goneAt
    ? `Lived ${formatDuration((goneAt.getTime() - createdAt.getTime()) / 1000)}${costInAll(report)}. `
    : '';
  return [`${lived}${wayBack(report, 'have it back')}`, receiptSection(report.receipt)];
}

function wayBack({ releaseReason, label }: EnvironmentReport, purpose: string): string {
  switch (releaseReason) {
    case 'merged':
      return 'The pull request is merged, so it does not come back.';
    case 'closed':
      return `Reopen the pull request with the label ${code(label)} to ${purpose}.`;
    case 'asked':
      return `Say \`/ephemeral create\` to ${purpose}.`;
    case 'moved':
      return `If the label ${code(label)} is still there, it comes back by itself under the new name.`;
    case 'expired':
    case 'unlabelled':
    case null:
      return `Add the label ${code(label)} to ${purpose}.`;
  }
}

/** Why it was refused, from the conditions that say no, with file and line where there are any. */
function refused({ conditions, failures, receipt }: EnvironmentReport, schemaUrl: string | undefined): string[] {
  const reasons = refusalSection(conditions, schemaUrl);
  const evidence = failures.flatMap((failure) => failure.details);
  return [
    reasons,
    reasons === '' ? failures.map(({ message }) => phrase(message)).join('\n\n') : '',
    evidence.length === 0 ? '' : fence(evidence).trim(),
    receipt.some(({ goneAt }) => !goneAt) ? receiptSection(receipt) : '',
  ];
}

import { formatInstant } from '../../domain/instant.ts';
import type { EnvironmentReport, FailureReport } from '../../reconcile/reporter.ts';
import { fence, link, oneLine, phrase, prose, shortened } from './markdown.ts';
import { runLink } from './run-link.ts';

/** Lines of evidence that are shown of each failure. */
const LOG_LINES = 20;
/** More than these have one cause, as a rule, and a comment has a largest size. */
const MAX_FAILURES = 5;

/**
 * Each failure: what, why, the last lines it wrote, and who does what now. Where nothing failed and yet a condition says
 * no, as with a blueprint that went wrong under a running environment, the condition's own sentence.
 */
export function failureSections({ phase, failures, conditions }: EnvironmentReport, schemaUrl?: string): string {
  if (failures.length === 0 && phase === 'failing') {
    return refusalSection(conditions, schemaUrl);
  }
  const rest = failures.length > MAX_FAILURES ? [`and ${failures.length - MAX_FAILURES} more`] : [];
  return [...failures.slice(0, MAX_FAILURES).map(section), ...rest].join('\n\n');
}

/** What the conditions that say no say, one thing a line, and what to do where it is the blueprint's author's to do. */
export function refusalSection(conditions: EnvironmentReport['conditions'], schemaUrl?: string): string {
  const reasons = refusalsOf(conditions)
    .map((message) => message.split('\n').map(phrase).join('  \n'))
    .join('\n\n');
  return [reasons, isBlueprintBad(conditions) ? blueprintRemedy(schemaUrl) : '']
    .filter((part) => part !== '')
    .join('\n\n');
}

/** What has to be read, and what to write then. */
export function approvalSection(conditions: EnvironmentReport['conditions']): string {
  const { message = '' } = conditions.find(({ type, status }) => type === 'Approved' && status !== 'true') ?? {};
  return message.split('\n').map(phrase).join('  \n');
}

export function isBlueprintBad(conditions: EnvironmentReport['conditions']): boolean {
  return conditions.some(({ type, status }) => type === 'BlueprintValid' && status === 'false');
}

function blueprintRemedy(schemaUrl: string | undefined): string {
  const schema = schemaUrl === undefined ? '' : ` What may stand in it: ${link(schemaUrl)}`;
  return `👉 Correct the file and push: the new commit is read at once.${schema}`;
}

function refusalsOf(conditions: EnvironmentReport['conditions']): string[] {
  return conditions.filter(({ status, message }) => status === 'false' && message !== '').map(({ message }) => message);
}

/** The first thing that the conditions that say no say, and how many more there are; undefined when none does. */
export function refusalInBrief(conditions: EnvironmentReport['conditions']): string | undefined {
  const [first, ...more] = refusalsOf(conditions).flatMap((message) => message.split('\n'));
  return first === undefined || more.length === 0
    ? first
    : `${shortened(oneLine(first), 90)} (and ${more.length} more)`;
}

function section({ subject, message, details, link: run, ...failure }: FailureReport): string {
  const evidence = details.length === 0 ? '' : `\n${fence(details.slice(-LOG_LINES))}`;
  return `**${prose(subject)}** · ${phrase(message)}${run ? ` (${runLink(run)})` : ''}${evidence}\n\n${nextMove(failure)}`;
}

/** What somebody has to do, and what Mayfly does by itself. */
function nextMove({ actor, retriesAt }: Pick<FailureReport, 'actor' | 'retriesAt'>): string {
  const retry = retriesAt ? ` Mayfly tries again by itself at ${formatInstant(retriesAt)}.` : '';
  switch (actor) {
    case 'author':
      return `👉 Change it and push: the new commit is deployed at once. Or say \`/ephemeral redeploy\`.${retry}`;
    case 'operator':
      return `👉 Whoever runs Mayfly has to look at this; nothing in this pull request will mend it.${retry}`;
    case 'nobody':
      return retry === '' ? 'Mayfly tries again by itself.' : retry.trim();
  }
}

/** The cause in one line: `api: the container exits with 1`. */
export function causeOf({ failures, conditions }: EnvironmentReport): string {
  const [first] = failures;
  return first ? `${first.subject}: ${first.message}` : (refusalInBrief(conditions) ?? 'not well');
}

import { formatInstant } from '../../domain/instant.ts';
import type { EnvironmentReport, FailureReport } from '../../reconcile/reporter.ts';
import { fence, phrase, prose } from './markdown.ts';

/** Lines of evidence that are shown of each failure. */
const LOG_LINES = 20;
/** More than these have one cause, as a rule, and a comment has a largest size. */
const MAX_FAILURES = 5;

/**
 * Each failure: what, why, the last lines it wrote, and who does what now. Where nothing failed and yet a condition says
 * no, as with a blueprint that went wrong under a running environment, the condition's own sentence.
 */
export function failureSections({ phase, failures, conditions }: EnvironmentReport): string {
  if (failures.length === 0 && phase === 'failing') {
    return refusalsOf(conditions).map(phrase).join('\n\n');
  }
  const rest = failures.length > MAX_FAILURES ? [`and ${failures.length - MAX_FAILURES} more`] : [];
  return [...failures.slice(0, MAX_FAILURES).map(section), ...rest].join('\n\n');
}

/** What the conditions that say no say. */
export function refusalsOf(conditions: EnvironmentReport['conditions']): string[] {
  return conditions.filter(({ status, message }) => status === 'false' && message !== '').map(({ message }) => message);
}

function section({ subject, message, details, ...failure }: FailureReport): string {
  const evidence = details.length === 0 ? '' : `\n${fence(details.slice(-LOG_LINES))}`;
  return `**${prose(subject)}** · ${phrase(message)}${evidence}\n\n${nextMove(failure)}`;
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
  return first ? `${first.subject}: ${first.message}` : (refusalsOf(conditions)[0] ?? 'not well');
}

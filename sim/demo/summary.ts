import type { Story } from './story.ts';

export interface Summarised {
  readonly story: Story;
  readonly problems: readonly string[];
  readonly notObservable: readonly string[];
  /** Whether times are the simulator's. */
  readonly simulated: boolean;
}

/** The end of the story in a few lines for a person. */
export function summary({ story, problems, notObservable, simulated }: Summarised): string {
  const unit = simulated ? 's (simulated)' : 's';
  const open = story.urls.map(
    ({ service, url, status, sha }) => `  ${service.padEnd(14)} ${url}  ${answer({ status, sha })}`,
  );
  const gone = story.receipt.filter(({ goneAt }) => goneAt !== null).length;
  return [
    `Label to ready   ${story.labelToReadySeconds} ${unit}`,
    ...shares(story),
    ...(story.awsCallsToReady === undefined ? [] : [`Calls to AWS     ${story.awsCallsToReady}`]),
    `Served, ${story.headSha.slice(0, 7)} being the head of the pull request`,
    ...open,
    `Push to ready    ${story.pushToReadySeconds} ${unit}`,
    `Extended to      ${story.extendedTo.toISOString()}`,
    `Close to gone    ${story.closeToGoneSeconds} ${unit}`,
    `Receipt          ${gone} of ${story.receipt.length} resources seen gone, ${story.leftovers.length} left in the account`,
    ...(notObservable.length > 0 ? [`Not observable   ${notObservable.join(', ')}`] : []),
    ...problems.map((problem) => `PROBLEM          ${problem}`),
    '',
  ].join('\n');
}

function shares({ criticalPath: { seconds }, labelToReadySeconds }: Story): string[] {
  const own = labelToReadySeconds - seconds;
  return seconds > 0
    ? [
        `  AWS's own      ${seconds.toFixed(1)} s: the longest chain of the times that it takes itself`,
        `  Mayfly's       ${own.toFixed(1)} s, ${((own / seconds) * 100).toFixed(1)} % of that`,
      ]
    : [];
}

/** `200 at ec021a6` */
function answer({ status, sha }: { status: number | null; sha: string | null }): string {
  return status === null ? 'not observable' : `${status}${sha === null ? '' : ` at ${sha.slice(0, 7)}`}`;
}

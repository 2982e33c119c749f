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
  const { criticalPath, labelToReadySeconds } = story;
  const share =
    criticalPath.seconds > 0 ? `, ${percent(labelToReadySeconds / criticalPath.seconds - 1)} of it Mayfly's own` : '';
  const open = story.urls.map(
    ({ service, url, status, isHead }) => `  ${service.padEnd(14)} ${url}  ${answer({ status, isHead })}`,
  );
  const gone = story.receipt.filter(({ goneAt }) => goneAt !== null).length;
  return [
    `Label to ready   ${labelToReadySeconds} ${unit}${share}; the longest chain of AWS's own times is ${Math.round(criticalPath.seconds)} s`,
    ...(story.awsCallsToReady === undefined ? [] : [`Calls to AWS     ${story.awsCallsToReady}`]),
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

function answer({ status, isHead }: { status: number | null; isHead: boolean }): string {
  return status === null ? 'not observable' : `${status}${isHead ? ', the head of the pull request' : ''}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

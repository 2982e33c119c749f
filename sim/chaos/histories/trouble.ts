import type { FaultRule } from '../../aws/guards/faults.ts';
import type { RestEffect } from '../../github/faults.ts';
import { MAYFLY_CREDENTIALS } from '../../local/credentials.ts';
import type { Stage } from './stage.ts';
import type { Step } from './step.ts';

type AwsTrouble = Extract<Step, { do: 'AWS' }>;
type GitHubTrouble = Extract<Step, { do: 'GitHub' }>;
type WebhookTrouble = Extract<Step, { do: 'webhooks' }>;

const SLOW_SECONDS = 20;
/** GitHub asks for a pause of this length. */
const PAUSE_SECONDS = 45;
/** How late a late webhook is: long enough for the world to have moved on. */
export const LATE_SECONDS = 90;

export function troubleAws({ cloud }: Stage, { trouble, service, skip, times }: AwsTrouble): void {
  // The workflow that pushes images, and whoever deletes by hand, are not what is tried.
  const { accessKeyId } = MAYFLY_CREDENTIALS;
  const reach = { accessKeyId, nth: skip + 1, times, ...(service !== undefined && { service }) };
  cloud.aws.faults.add({ ...reach, effect: awsEffect(trouble) });
}

function awsEffect(trouble: AwsTrouble['trouble']): FaultRule['effect'] {
  switch (trouble) {
    case 'throttle':
      return { kind: 'throttle' };
    case 'error-500':
      return { kind: 'error', code: 'InternalFailure', status: 500 };
    case 'error-503':
      return { kind: 'error', code: 'ServiceUnavailable', status: 503 };
    case 'lost-answer':
      return { kind: 'drop-response' };
    case 'lost-request':
      return { kind: 'drop-request' };
    case 'slow':
      return { kind: 'delay', seconds: SLOW_SECONDS };
  }
}

export function troubleGitHub({ cloud }: Stage, { trouble, skip, times }: GitHubTrouble): void {
  cloud.github.faults.addRest({ skip, times, effect: gitHubEffect(trouble) });
}

function gitHubEffect(trouble: GitHubTrouble['trouble']): RestEffect {
  switch (trouble) {
    case 'error-502':
      return { kind: 'status', status: 502 };
    case 'error-500':
      return { kind: 'status', status: 500 };
    case 'secondary-limit':
      return { kind: 'secondary-limit', retryAfterSeconds: PAUSE_SECONDS };
    // The hourly limit itself would last for an hour of the wall: Octokit's tokens live by the process's own time.
    case 'too-many':
      return { kind: 'status', status: 429 };
    case 'lost-answer':
      return { kind: 'lose-answer' };
  }
}

/** Of what people do: what Mayfly causes itself is not told it otherwise. */
export function troubleWebhooks({ cloud }: Stage, { trouble, times }: WebhookTrouble): void {
  const effects = {
    lost: 'drop',
    doubled: 'duplicate',
    reordered: 'after-next',
    late: { delaySeconds: LATE_SECONDS },
  } as const;
  cloud.github.faults.addWebhook({
    times,
    only: ({ event }) => event === 'pull_request' || event === 'issue_comment',
    effect: effects[trouble],
  });
}

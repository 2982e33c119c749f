import type { AwsSimulator } from '../../aws/server.ts';
import type { Delivery } from '../../github/webhooks/delivery.ts';
import type { LocalCloud } from '../local-cloud.ts';
import { Refused } from './refused.ts';
import { elapsed } from './spoken-time.ts';

const THROTTLE_SECONDS = 60;
const HEARD_EVENTS = new Set(['pull_request', 'issue_comment', 'check_run']);

/** To lose or repeat one that Mayfly ignores, such as the echo of its own comment, would show nobody anything. */
function isHeard({ event, sender }: Pick<Delivery, 'event' | 'sender'>): boolean {
  return sender.type === 'User' && HEARD_EVENTS.has(event);
}

/** What goes wrong between Mayfly, AWS and GitHub. Each answers a sentence on what it did. */
export function createCallMischief({ clock, github }: Pick<LocalCloud, 'clock' | 'github'>, { faults }: AwsSimulator) {
  /** Each says what is still to come of it; undefined once that is over. */
  let armed: (() => string | undefined)[] = [];

  function lostWebhooks(): number {
    return github.deliveries.filter(({ statusCode }) => statusCode === 0).length;
  }

  return {
    /** What was armed and has not come to pass. */
    pending(): string[] {
      armed = armed.filter((remains) => remains() !== undefined);
      return armed.flatMap((remains) => remains() ?? []);
    },
    throttleRds(): string {
      const id = faults.add({ service: 'rds', times: Number.POSITIVE_INFINITY, effect: { kind: 'throttle' } });
      const until = new Date(clock.now().getTime() + THROTTLE_SECONDS * 1000);
      clock.after(THROTTLE_SECONDS, () => faults.remove(id));
      armed.push(() =>
        clock.now() < until ? `RDS refuses every call for ${elapsed(clock.now(), until)} more` : undefined,
      );
      return 'RDS refuses every call with ThrottlingException for a minute of the cloud’s time.';
    },
    failNextCreateService(): string {
      const message = 'Service Unavailable. Please try again later.';
      const effect = { kind: 'error', code: 'ServerException', message } as const;
      const id = faults.add({ service: 'ecs', operation: 'CreateService', effect });
      const hasStruck = (): boolean => faults.list().every((fault) => fault.id !== id || fault.struck > 0);
      armed.push(() => (hasStruck() ? undefined : 'the next CreateService fails'));
      return 'The next CreateService fails with ServerException.';
    },
    loseNextWebhook(): string {
      const before = lostWebhooks();
      github.faults.addWebhook({ only: isHeard, effect: 'drop' });
      armed.push(() => (lostWebhooks() > before ? undefined : 'the next webhook that Mayfly listens to is lost'));
      return 'The next webhook that Mayfly listens to is lost on the way. Label, comment or push, and see when Mayfly finds out.';
    },
    deliverLastWebhookAgain(): string {
      const last = github.deliveries.findLast(isHeard);
      if (!last) {
        throw new Refused(409, 'nobody has done anything yet that Mayfly listens to');
      }
      github.redeliver(last.id);
      return `Delivered again, with the same GUID: ${[last.event, last.action].filter(Boolean).join('.')}.`;
    },
  };
}

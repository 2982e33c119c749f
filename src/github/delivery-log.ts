import type { Probot } from 'probot';
import type { DeliveryAttempt, DeliveryLog } from '../reconcile/delivery-log.ts';
import { asking, isNotFound, isUnprocessable } from './errors.ts';

/** GitHub's log of the app's webhooks, which only the app itself may read. */
export function createDeliveryLog(probot: Pick<Probot, 'auth'>): DeliveryLog {
  return {
    async attempts(since, most) {
      const octokit = await probot.auth();
      return await asking('reading the log of deliveries', async () => {
        const found: DeliveryAttempt[] = [];
        const pages = octokit.paginate.iterator(octokit.rest.apps.listWebhookDeliveries, { per_page: 100 });
        for await (const { data } of pages) {
          const recent = data.map(attemptOf).filter(({ at }) => at >= since);
          found.push(...recent);
          // Newest first: what follows is older still.
          if (recent.length < data.length || found.length >= most) {
            break;
          }
        }
        return found.slice(0, most);
      });
    },
    async redeliver(attemptId) {
      const octokit = await probot.auth();
      return await asking('asking for a delivery again', async () => {
        try {
          await octokit.rest.apps.redeliverWebhookDelivery({ delivery_id: attemptId });
          return true;
        } catch (error) {
          if (isNotFound(error) || isUnprocessable(error)) {
            return false;
          }
          throw error;
        }
      });
    },
  };
}

/** "The data for a failed delivery will have a `status` value that is not `OK`" (GitHub, "Handling failed webhook deliveries"). */
function attemptOf({
  id,
  guid,
  delivered_at: deliveredAt,
  status,
}: {
  id: number;
  guid: string;
  delivered_at: string;
  status: string;
}): DeliveryAttempt {
  return { id, guid, at: new Date(deliveredAt), arrived: status === 'OK' };
}

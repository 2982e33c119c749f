import { accepted, type Call, found, numberParam, ok, type Routes } from '../http/call.ts';
import type { JsonObject } from '../json.ts';
import type { Delivery } from '../webhooks/delivery.ts';
import type { WebhookSender } from '../webhooks/sender.ts';
import { instant } from '../wire/instant.ts';

function deliveryItemJson(delivery: Delivery): JsonObject {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: instant(delivery.deliveredAt),
    redelivery: delivery.redelivery,
    duration: delivery.durationSeconds,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action ?? null,
    installation_id: delivery.installationId ?? null,
    repository_id: delivery.repositoryId ?? null,
    throttled_at: null,
  };
}

function deliveryJson(delivery: Delivery, url: string): JsonObject {
  const { request, response } = delivery;
  const payload: unknown = JSON.parse(request.body);
  return {
    ...deliveryItemJson(delivery),
    url,
    request: { headers: request.headers, payload },
    response: { headers: response?.headers ?? null, payload: response?.body ?? null },
  };
}

/** "You can redeliver webhook deliveries that occurred in the past 3 days" (GitHub, "Redelivering webhooks"). */
const keptDays = 3;

/**
 * What happened to webhooks, and their redelivery. Lists are newest first and are paged by a cursor: deliveries that
 * come meanwhile shift nothing.
 */
export function createWebhookDeliveryRoutes(
  sender: WebhookSender,
  { targetUrl, now }: { targetUrl: () => string; now: () => Date },
): Routes {
  const kept = (): Delivery[] => {
    const since = now().getTime() - keptDays * 24 * 3_600_000;
    return sender.deliveries.filter(({ deliveredAt }) => deliveredAt.getTime() >= since);
  };
  const keptOf = (call: Call): Delivery => {
    const id = numberParam(call, 'delivery_id');
    return found(kept().find((delivery) => delivery.id === id));
  };
  return {
    'apps/list-webhook-deliveries': (call) => {
      const status = call.query.get('status');
      const isWanted = ({ statusCode }: Delivery): boolean =>
        status === null || (statusCode >= 200 && statusCode < 400) === (status === 'success');
      return {
        status: 200,
        list: { items: kept().toReversed().filter(isWanted).map(deliveryItemJson), pagedBy: 'cursor' },
      };
    },
    'apps/get-webhook-delivery': (call) => ok(deliveryJson(keptOf(call), targetUrl())),
    'apps/redeliver-webhook-delivery': (call) => {
      sender.redeliver(keptOf(call).id);
      return accepted;
    },
  };
}

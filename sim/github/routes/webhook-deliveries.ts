import { found, list, numberParam, ok, type Routes } from '../http/call.ts';
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

export function createWebhookDeliveryRoutes(sender: WebhookSender, targetUrl: () => string): Routes {
  return {
    // GitHub pages these with a cursor; newest first either way.
    'apps/list-webhook-deliveries': () => list(sender.deliveries.toReversed().map(deliveryItemJson)),
    'apps/get-webhook-delivery': (call) => {
      const id = numberParam(call, 'delivery_id');
      return ok(deliveryJson(found(sender.deliveries.find((delivery) => delivery.id === id)), targetUrl()));
    },
    'apps/redeliver-webhook-delivery': (call) => {
      found(sender.redeliver(numberParam(call, 'delivery_id')));
      return { status: 202, body: {} };
    },
  };
}

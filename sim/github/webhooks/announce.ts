import type { Installation } from '../entities/installation.ts';
import type { Repository } from '../entities/repository.ts';
import type { Store } from '../entities/store.ts';
import { type JsonObject, objectAt, textAt } from '../json.ts';
import { instant, nodeId } from '../wire/instant.ts';
import type { AppRegistration, WebhookEvent } from '../world.ts';
import type { WebhookValidator } from './schema.ts';
import type { WebhookSender } from './sender.ts';

/** Events that concern the app itself reach it without a subscription. */
const alwaysSent = new Set(['installation', 'installation_repositories', 'ping']);

/** What the app is told, of all that happens. Every payload is judged by GitHub's schema before it is sent. */
export function createAnnouncer({
  app,
  store,
  sender,
  validate,
  onViolation,
}: {
  app: () => AppRegistration;
  store: Store;
  sender: WebhookSender;
  validate: WebhookValidator;
  onViolation: (violation: string) => void;
}): (event: WebhookEvent) => void {
  function withInstallation(payload: JsonObject, installation: Installation): JsonObject {
    return {
      ...payload,
      installation: { id: installation.id, node_id: nodeId('MDIzOkludGVncmF0aW9u', installation.id) },
    };
  }

  function send(event: WebhookEvent, payload: JsonObject, installationId: number | undefined): void {
    const action = textAt(payload, 'action');
    for (const problem of validate(event.name, payload)) {
      onViolation(`webhook ${event.name}${action ? `.${action}` : ''}: ${problem}`);
    }
    const repositoryId = event.repository?.id;
    sender.send({
      event: event.name,
      action,
      installationId,
      repositoryId,
      sender: event.sender,
      body: JSON.stringify(payload),
    });
  }

  return (event) => {
    if (!event.repository) {
      const id = objectAt(event.payload, 'installation')['id'];
      send(event, event.payload, typeof id === 'number' ? id : undefined);
      return;
    }
    const installation = installationFor(store, event.repository);
    if (installation && (alwaysSent.has(event.name) || app().events.includes(event.name))) {
      send(event, withInstallation(event.payload, installation), installation.id);
    }
  };
}

function installationFor(store: Store, repository: Repository): Installation | undefined {
  const installation = store.installationOn(repository);
  return installation?.suspendedAt ? undefined : installation;
}

/** What GitHub sends first to a webhook that was just set. */
export function pingPayload(app: AppRegistration, url: string): JsonObject {
  const hook = {
    type: 'App',
    id: app.id,
    name: 'web',
    active: true,
    app_id: app.id,
    events: app.events,
    config: { content_type: 'json', insecure_ssl: '0', secret: '********', url },
    updated_at: instant(app.createdAt),
    created_at: instant(app.createdAt),
    url,
    ping_url: `${url}/pings`,
    deliveries_url: `${url}/deliveries`,
  };
  return { zen: 'Keep it logically awesome.', hook_id: app.id, hook };
}

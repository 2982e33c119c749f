import type { SimClock } from '../clock.ts';
import type { Store } from './entities/store.ts';
import type { Faults } from './faults.ts';
import { createAnnouncer, pingPayload } from './webhooks/announce.ts';
import type { WebhookTarget } from './webhooks/post.ts';
import type { WebhookValidator } from './webhooks/schema.ts';
import { createWebhookSender, type WebhookSender } from './webhooks/sender.ts';
import type { AppRegistration, World } from './world.ts';

/** A world with one app in it, and what that app is told. */
export interface AppAndWorld {
  readonly world: World;
  readonly sender: WebhookSender;
  /** Where webhooks go; undefined while they go nowhere. */
  webhookUrl(): string | undefined;
  /** Sends webhooks there from now on, a ping first. */
  setWebhook(url: string, secret: string): void;
}

export function createAppAndWorld({
  clock,
  store,
  url,
  firstApp,
  faults,
  webhooks: validate,
  timeoutMilliseconds,
  onViolation,
}: {
  clock: SimClock;
  store: Store;
  url: string;
  firstApp: AppRegistration;
  faults: Faults;
  webhooks: WebhookValidator;
  timeoutMilliseconds: number;
  onViolation: (violation: string) => void;
}): AppAndWorld {
  let app = firstApp;
  let target: WebhookTarget | undefined;
  const sender = createWebhookSender({
    appId: () => app.id,
    clock,
    faults: faults.webhooks,
    nextId: store.nextId,
    timeoutMilliseconds,
  });
  const emit = createAnnouncer({ app: () => app, store, sender, validate, onViolation });

  function setWebhook(to: string, secret: string): void {
    target = { url: to, secret };
    sender.setTarget(target);
    emit({ name: 'ping', sender: app.bot, payload: pingPayload(app, to) });
  }

  const world: World = {
    clock,
    store,
    url,
    emit,
    get app() {
      return app;
    },
    register(registration, webhook) {
      app = registration;
      store.installations.clear();
      store.tokens.clear();
      setWebhook(webhook.url, webhook.secret);
    },
  };
  return { world, sender, webhookUrl: () => target?.url, setWebhook };
}

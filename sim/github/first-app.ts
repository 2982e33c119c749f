import type { KeyObject } from 'node:crypto';
import type { SimClock } from '../clock.ts';
import type { Store } from './entities/store.ts';
import { appPermissions } from './wire/app.ts';
import type { AppRegistration } from './world.ts';

const subscribedEvents = [
  'check_run',
  'check_suite',
  'deployment',
  'deployment_status',
  'issue_comment',
  'label',
  'pull_request',
  'push',
  'workflow_run',
];

/** The app that is there from the beginning. */
export function firstApp(
  store: Store,
  clock: SimClock,
  { id, slug, publicKey, url }: { id: number; slug: string; publicKey: KeyObject; url: string },
): AppRegistration {
  const createdAt = clock.now();
  const account = (login: string, type: 'User' | 'Bot') => ({
    id: store.nextId(),
    login,
    type,
    token: undefined,
    createdAt,
  });
  const owner = account('app-owner', 'User');
  const bot = account(`${slug}[bot]`, 'Bot');
  store.accounts.set(bot.login, bot);
  return {
    id,
    slug,
    name: slug,
    description: undefined,
    homepage: `${url}/apps/${slug}`,
    owner,
    bot,
    events: subscribedEvents,
    permissions: appPermissions,
    publicKey,
    createdAt,
  };
}

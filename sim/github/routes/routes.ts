import type { Routes } from '../http/call.ts';
import type { RateLimits } from '../http/rate-limit.ts';
import type { WebhookSender } from '../webhooks/sender.ts';
import type { World } from '../world.ts';
import { createActionsRoutes } from './actions.ts';
import { createAppRoutes } from './apps.ts';
import { createCheckRoutes } from './checks.ts';
import { createCommentRoutes } from './comments.ts';
import { createCommitRoutes } from './commits.ts';
import { createContentRoutes } from './contents.ts';
import { createDeploymentRoutes } from './deployments.ts';
import { createIssueRoutes } from './issues.ts';
import { createLabelRoutes } from './labels.ts';
import { createPullRoutes } from './pulls.ts';
import { createRepositoryRoutes } from './repositories.ts';
import { createTreeRoutes } from './trees.ts';
import { createUserRoutes } from './users.ts';
import { createWebhookDeliveryRoutes } from './webhook-deliveries.ts';

/** Every operation this GitHub answers, by GitHub's own id. */
export function createRoutes(
  world: World,
  {
    limits,
    sender,
    clientNow,
    webhookUrl,
  }: { limits: RateLimits; sender: WebhookSender; clientNow: () => Date; webhookUrl: () => string },
): Routes {
  return {
    ...createActionsRoutes(world),
    ...createAppRoutes(world, clientNow),
    ...createCheckRoutes(world),
    ...createCommentRoutes(world),
    ...createCommitRoutes(world),
    ...createContentRoutes(world),
    ...createDeploymentRoutes(world),
    ...createIssueRoutes(world),
    ...createLabelRoutes(world),
    ...createPullRoutes(world),
    ...createRepositoryRoutes(world),
    ...createTreeRoutes(world),
    ...createUserRoutes(world, limits),
    ...createWebhookDeliveryRoutes(sender, { targetUrl: webhookUrl, now: () => world.clock.now() }),
  };
}

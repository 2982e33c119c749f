import type { World } from '../world.ts';
import { createChecks } from './checks.ts';
import { createCode } from './code.ts';
import { createConversation } from './conversation.ts';
import { createInstallations } from './installations.ts';
import { createPlaces } from './places.ts';
import { createPullRequests } from './pull-requests.ts';

/**
 * What people do on GitHub's pages and with git. Each changes the state and sends the webhooks that GitHub sends for it,
 * and throws a GitHubError where GitHub would refuse: a missing role, a closed pull request, a label that is not there.
 */
export type People = ReturnType<typeof createPeople>;

export function createPeople(world: World) {
  const places = createPlaces(world);
  return {
    ...createCode(world, places),
    ...createPullRequests(world, places),
    ...createConversation(world, places),
    ...createChecks(world, places),
    ...createInstallations(world),
  };
}

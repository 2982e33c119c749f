import * as sdk from '@aws-sdk/client-secrets-manager';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';
import { creatingHandlers } from './creating.ts';
import { deletingHandlers } from './deleting.ts';
import { describingHandlers } from './describing.ts';
import { randomPasswordHandlers } from './random-password.ts';
import { resourcePolicyHandlers } from './resource-policy.ts';
import { tagHandlers } from './tags.ts';
import { valueHandlers } from './values.ts';
import { versionIdHandlers } from './version-ids.ts';
import { versionStageHandlers } from './version-stage.ts';

/** Secrets Manager. */
export function secretsManagerService(world: World): ServiceDefinition {
  return {
    signingName: 'secretsmanager',
    protocol: 'json',
    targetPrefix: 'secretsmanager',
    sdk,
    handlers: {
      ...creatingHandlers(world),
      ...valueHandlers(world),
      ...describingHandlers(world),
      ...versionIdHandlers(world),
      ...versionStageHandlers(world),
      ...randomPasswordHandlers(world),
      ...resourcePolicyHandlers(world),
      ...deletingHandlers(world),
      ...tagHandlers(world),
    },
  };
}

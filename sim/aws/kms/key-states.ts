import type {
  CancelKeyDeletionRequest,
  CancelKeyDeletionResponse,
  DisableKeyRequest,
  EnableKeyRequest,
  ScheduleKeyDeletionRequest,
  ScheduleKeyDeletionResponse,
} from '@aws-sdk/client-kms';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { DAY_SECONDS, daysAfter } from './days.ts';
import { ownKeyNamed } from './lookup.ts';
import { invalid, refusePendingDeletion } from './refusals.ts';
import type { Key } from './state.ts';

const SHORTEST_DAYS = 7;
const LONGEST_DAYS = 30;

/** May be called again. */
function setEnabled(world: World, keyId: string | undefined, isEnabled: boolean): void {
  const key = ownKeyNamed(world, keyId);
  refusePendingDeletion(key);
  key.isEnabled = isEnabled;
}

/** The key stays, and can be kept, until its waiting period ends; then it goes with its aliases. */
function scheduleDeletion(world: World, input: ScheduleKeyDeletionRequest): ScheduleKeyDeletionResponse {
  const { KeyId, PendingWindowInDays: days = LONGEST_DAYS } = input;
  const key = ownKeyNamed(world, KeyId);
  if (days < SHORTEST_DAYS || days > LONGEST_DAYS) {
    throw invalid('pendingWindowInDays', days, `Member must have value between ${SHORTEST_DAYS} and ${LONGEST_DAYS}`);
  }
  refusePendingDeletion(key);
  const at = daysAfter(world.clock.now(), days);
  key.deletion = { at, cancel: world.clock.after(days * DAY_SECONDS, () => remove(world, key)) };
  return { KeyId: key.arn, DeletionDate: at, KeyState: 'PendingDeletion', PendingWindowInDays: days };
}

function remove({ kms, tagIndex }: World, { id, arn }: Key): void {
  for (const alias of kms.aliases.values()) {
    if (alias.keyId === id) {
      kms.aliases.delete(alias.name);
    }
  }
  kms.keys.delete(id);
  tagIndex.remove(arn);
}

/** "If this operation succeeds, the key state of the KMS key is Disabled" (CancelKeyDeletion, API reference). */
function cancelDeletion(world: World, { KeyId }: CancelKeyDeletionRequest): CancelKeyDeletionResponse {
  const key = ownKeyNamed(world, KeyId);
  if (!key.deletion) {
    throw new Refusal('KMSInvalidStateException', `${key.arn} is not pending deletion.`);
  }
  key.deletion.cancel();
  key.deletion = undefined;
  key.isEnabled = false;
  return { KeyId: key.arn };
}

/** What a key in which state takes: https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html. */
export function keyStateHandlers(world: World): Record<string, Handler> {
  return {
    EnableKey: ({ KeyId }: EnableKeyRequest) => setEnabled(world, KeyId, true),
    DisableKey: ({ KeyId }: DisableKeyRequest) => setEnabled(world, KeyId, false),
    ScheduleKeyDeletion: (input: ScheduleKeyDeletionRequest) => scheduleDeletion(world, input),
    CancelKeyDeletion: (input: CancelKeyDeletionRequest) => cancelDeletion(world, input),
  };
}

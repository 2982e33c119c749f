import type {
  DisableKeyRotationRequest,
  EnableKeyRotationRequest,
  GetKeyRotationStatusRequest,
  GetKeyRotationStatusResponse,
} from '@aws-sdk/client-kms';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { DAY_SECONDS, daysAfter, YEAR_DAYS } from './days.ts';
import { keyNamed, ownKeyNamed } from './lookup.ts';
import { invalid, refuseUnlessEnabled } from './refusals.ts';
import type { Rotation } from './state.ts';

const SHORTEST_DAYS = 90;
const LONGEST_DAYS = 2560;

function enableRotation(world: World, input: EnableKeyRotationRequest): void {
  const { KeyId, RotationPeriodInDays: periodDays = YEAR_DAYS } = input;
  const key = ownKeyNamed(world, KeyId);
  refuseUnlessEnabled(key);
  if (periodDays < SHORTEST_DAYS || periodDays > LONGEST_DAYS) {
    const constraint = `Member must have value between ${SHORTEST_DAYS} and ${LONGEST_DAYS}`;
    throw invalid('rotationPeriodInDays', periodDays, constraint);
  }
  key.rotation = { periodDays, since: world.clock.now() };
}

function disableRotation(world: World, { KeyId }: DisableKeyRotationRequest): void {
  const key = ownKeyNamed(world, KeyId);
  refuseUnlessEnabled(key);
  key.rotation = undefined;
}

/** "While a KMS key is pending deletion, its key rotation status is false" (GetKeyRotationStatus, API reference). */
function rotationStatus(world: World, { KeyId }: GetKeyRotationStatusRequest): GetKeyRotationStatusResponse {
  const { arn, rotation, deletion } = keyNamed(world, KeyId);
  if (!rotation || deletion) {
    return { KeyId: arn, KeyRotationEnabled: false };
  }
  return {
    KeyId: arn,
    KeyRotationEnabled: true,
    RotationPeriodInDays: rotation.periodDays,
    NextRotationDate: nextRotation(rotation, world.clock.now()),
  };
}

function nextRotation({ periodDays, since }: Rotation, now: Date): Date {
  const elapsedDays = (now.getTime() - since.getTime()) / 1000 / DAY_SECONDS;
  return daysAfter(since, (Math.floor(elapsedDays / periodDays) + 1) * periodDays);
}

export function rotationHandlers(world: World): Record<string, Handler> {
  return {
    EnableKeyRotation: (input: EnableKeyRotationRequest) => enableRotation(world, input),
    DisableKeyRotation: (input: DisableKeyRotationRequest) => disableRotation(world, input),
    GetKeyRotationStatus: (input: GetKeyRotationStatusRequest) => rotationStatus(world, input),
  };
}

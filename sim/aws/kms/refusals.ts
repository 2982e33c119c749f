import { Refusal } from '../wire/refusal.ts';
import type { Key } from './state.ts';

export function notFound(message: string): Refusal {
  return new Refusal('NotFoundException', message);
}

export function invalid(member: string, value: string | number, constraint: string): Refusal {
  return new Refusal(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

/** Throws KMSInvalidStateException. https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html, which has the words. */
export function refusePendingDeletion({ arn, deletion }: Key): void {
  if (deletion) {
    throw new Refusal('KMSInvalidStateException', `${arn} is pending deletion.`);
  }
}

/** Throws DisabledException, and KMSInvalidStateException for a key that is pending deletion. */
export function refuseUnlessEnabled(key: Key): void {
  refusePendingDeletion(key);
  if (!key.isEnabled) {
    throw new Refusal('DisabledException', `${key.arn} is disabled.`);
  }
}

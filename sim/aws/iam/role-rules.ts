import { Refusal } from '../wire/refusal.ts';
import { invalid } from './identifiers.ts';
import { checkTrustPolicy, sizeOf } from './policy-document.ts';

const SHORTEST_SESSION_SECONDS = 3600;
const LONGEST_SESSION_SECONDS = 43_200;
/** Quota "Role trust policy length" (IAM quotas). */
const LARGEST_TRUST_POLICY = 2048;

/** One hour to twelve. Throws ValidationError. */
export function checkedSessionSeconds(seconds: number): number {
  if (seconds < SHORTEST_SESSION_SECONDS) {
    throw invalid(
      seconds,
      'maxSessionDuration',
      `Member must have value greater than or equal to ${SHORTEST_SESSION_SECONDS}`,
    );
  }
  if (seconds > LONGEST_SESSION_SECONDS) {
    throw invalid(
      seconds,
      'maxSessionDuration',
      `Member must have value less than or equal to ${LONGEST_SESSION_SECONDS}`,
    );
  }
  return seconds;
}

/** Throws MalformedPolicyDocument, LimitExceeded. */
export function checkedTrustPolicy(document = ''): string {
  checkTrustPolicy(document);
  if (sizeOf(document) > LARGEST_TRUST_POLICY) {
    throw new Refusal('LimitExceededException', `Cannot exceed quota for ACLSizePerRole: ${LARGEST_TRUST_POLICY}`);
  }
  return document;
}

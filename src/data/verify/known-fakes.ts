import type { IsSafe } from '../detect/detector.ts';
import { isSafe, type SafeDetector } from '../safe-values.ts';

const SAFE_VALUES: Readonly<Record<string, SafeDetector>> = {
  email: 'email',
  'phone number': 'phone',
  postcode: 'postcode',
  'number plate': 'vrm',
};

/** Top level domains that nobody is given (RFC 2606). */
const RESERVED = /@(?:[\w-]+\.)*[\w-]+\.(?:example|test|invalid|localhost)$/i;

/** Whether a piece that a detector found is what a fake makes, or is nobody's by a standard. */
export const isKnownFake: IsSafe = (detector, piece) => {
  const safe = SAFE_VALUES[detector];
  return (safe !== undefined && isSafe(safe, piece)) || (detector === 'email' && RESERVED.test(piece));
};

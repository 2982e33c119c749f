import { bankAccount, iban, paymentCard } from './account-numbers.ts';
import { type Detector, type IsSafe, SHORTEST } from './detector.ts';
import { email } from './email.ts';
import { dateOfBirth, drivingLicence, nationalInsurance, nhsNumber, passport } from './identity-numbers.ts';
import { ipAddress } from './ip-address.ts';
import { numberPlate } from './number-plate.ts';
import { phone } from './phone.ts';
import { postcode } from './postcode.ts';

export const DETECTORS: readonly Detector[] = [
  email,
  phone,
  postcode,
  nationalInsurance,
  nhsNumber,
  drivingLicence,
  passport,
  dateOfBirth,
  paymentCard,
  iban,
  bankAccount,
  numberPlate,
  ipAddress,
];

/** The names of all detectors that find something in `text` that `isSafe` does not know. */
export function detect(text: string, isSafe: IsSafe, detectors = DETECTORS): readonly string[] {
  if (text.length < SHORTEST) {
    return [];
  }
  const digits = countDigits(text);
  if (digits === 0 && !text.includes('@') && !text.includes('<')) {
    return [];
  }
  return detectors
    .filter(
      ({ name, digits: needed, mark, find }) =>
        digits >= needed &&
        (mark === undefined || text.includes(mark)) &&
        find(text).some((piece) => !isSafe(name, piece)),
    )
    .map(({ name }) => name);
}

function countDigits(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      count += 1;
    }
  }
  return count;
}

/** A number loses its leading zero, and has to say more by itself: a mobile phone, a card. */
export function detectInNumber(digits: string, isSafe: IsSafe): readonly string[] {
  if (/^(?:44)?7[1-57-9]\d{8}$/.test(digits)) {
    return isSafe('phone number', `0${digits.slice(-10)}`) ? [] : ['phone number'];
  }
  return digits.length === 15 || digits.length === 16 ? detect(digits, isSafe, [paymentCard]) : [];
}

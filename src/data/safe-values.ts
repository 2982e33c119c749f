import { COMPANIES } from './masks/dictionaries/companies.ts';
import { FAMILY_NAMES } from './masks/dictionaries/family-names.ts';
import { GIVEN_NAMES } from './masks/dictionaries/given-names.ts';
import { ADDRESS_LINES, TOWNS } from './masks/dictionaries/places.ts';

/** What looks personal and may be one of our fakes. */
export type SafeDetector =
  | 'email'
  | 'phone'
  | 'postcode'
  | 'vrm'
  | 'licence-number'
  | 'login'
  | 'name'
  | 'company'
  | 'town'
  | 'address-line';

/**
 * The beginnings, without the trunk 0, of the numbers that Ofcom gives to drama ("Telephone numbers for use in TV and
 * radio drama programmes"); three digits follow each. They are allotted to nobody.
 */
export const DRAMA_NUMBERS = [
  '1134960', // Leeds
  '1144960', // Sheffield
  '1154960', // Nottingham
  '1164960', // Leicester
  '1174960', // Bristol
  '1184960', // Reading
  '1214960', // Birmingham
  '1314960', // Edinburgh
  '1414960', // Glasgow
  '1514960', // Liverpool
  '1614960', // Manchester
  '1632960', // no area
  '1914980', // Tyneside
  '2079460', // London
  '2896496', // Northern Ireland
  '2920180', // Cardiff
  '3069990', // the whole country
  '7700900', // mobile
  '8081570', // freephone
  '9098790', // premium rate
] as const;

const DRAMA = new RegExp(`^(?:${DRAMA_NUMBERS.join('|')})\\d{3}$`);

/** Whole values, in the spelling that masks give them and the ones that people do. */
const PATTERNS = {
  email: /^[^\s@]+@(?:[a-z0-9-]+\.)*example\.(?:com|org|net)$/i,
  /** ZZ is the area of no post town. */
  postcode: /^ZZ\d{1,2} ?\d[A-Z]{2}$/i,
  /** The current form; its first letter stands for a region, and Z for none (DVLA, INF104). */
  vrm: /^Z[A-Z]\d{2} ?[A-Z]{3}$/i,
  /** Operators' licences begin with the letter of what they are for, which is never Z. */
  'licence-number': /^Z[A-Z]\d{7}$/i,
  login: /^fake[0-9a-f]{4,}$/i,
} as const;

const LISTS = {
  company: new Set(COMPANIES.map((entry) => entry.toLowerCase())),
  town: new Set(TOWNS.map((entry) => entry.toLowerCase())),
  'address-line': new Set(ADDRESS_LINES.map((entry) => entry.toLowerCase())),
} as const;

const NAMES = new Set([...GIVEN_NAMES, ...FAMILY_NAMES].map((entry) => entry.toLowerCase()));

/** Whether the whole of `value` is something that a fake mask makes and nobody has. Pure; false for a detector it does not know. */
export function isSafe(detector: string, value: string): boolean {
  const text = value.trim();
  switch (detector as SafeDetector) {
    case 'phone':
      return DRAMA.test(nationalNumber(text));
    case 'name':
      return isName(text);
    case 'email':
    case 'postcode':
    case 'vrm':
    case 'licence-number':
    case 'login':
      return PATTERNS[detector as keyof typeof PATTERNS].test(text);
    case 'company':
    case 'town':
    case 'address-line':
      return LISTS[detector as keyof typeof LISTS].has(text.toLowerCase());
    default:
      return false;
  }
}

/** Without the trunk 0 or the country's code, and without anything between the digits. */
function nationalNumber(text: string): string {
  return text.replace(/[\s().-]/g, '').replace(/^(?:\+44|0044|44(?=7\d{9}$))0?|^0/, '');
}

function isName(text: string): boolean {
  const parts = text.toLowerCase().split(/\s+/);
  return text !== '' && parts.every((part) => NAMES.has(part));
}

/** Words that say nothing, each beginning with another one, so that notes do not all look alike. */
const PARAGRAPH =
  'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna ' +
  'aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo consequat. ' +
  'Duis aute irure dolor in reprehenderit in voluptate velit esse cillum dolore eu fugiat nulla pariatur. ';

const STARTS = 16;

export const FILLER_LENGTH = PARAGRAPH.length;

export const FILLERS: readonly string[] = wordStarts().map((at) => PARAGRAPH.slice(at) + PARAGRAPH.slice(0, at));

function wordStarts(): readonly number[] {
  const starts = [...PARAGRAPH.matchAll(/\S+/g)].map(({ index }) => index);
  return Array.from({ length: STARTS }, (_, nth) => starts[Math.floor((nth * starts.length) / STARTS)] ?? 0);
}

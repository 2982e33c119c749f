import type { SignedPassport } from './passport.ts';

/** The driver of a container's log cuts a line after 16 KiB (Docker, `awslogs`), so each is far shorter. */
const LINE_LENGTH = 8000;
const LINE = /^mayfly-passport (\d+)\/(\d+) ([A-Za-z0-9+/=]+)\s*$/;

/**
 * A passport as lines of a log, which is where the task that masks leaves it: whoever masks may write its log anyway, and
 * who starts it may read that. Nothing in between need be trusted: it is signed.
 */
export function passportLines(signed: SignedPassport): string[] {
  const text = Buffer.from(JSON.stringify(signed)).toString('base64');
  const count = Math.ceil(text.length / LINE_LENGTH);
  return Array.from({ length: count }, (_, index) => {
    const part = text.slice(index * LINE_LENGTH, (index + 1) * LINE_LENGTH);
    return `mayfly-passport ${index + 1}/${count} ${part}`;
  });
}

/** The last whole passport that stands in a log's lines, whatever stands between them; undefined when there is none. */
export function passportIn(lines: readonly string[]): SignedPassport | undefined {
  let parts: string[] = [];
  let found: SignedPassport | undefined;
  for (const line of lines) {
    const [, place, count, part] = LINE.exec(line) ?? [];
    if (place === undefined || part === undefined) {
      continue;
    }
    const before = place === '1' ? [] : parts;
    parts = Number(place) === before.length + 1 ? [...before, part] : [];
    if (parts.length === Number(count)) {
      found = signedIn(parts.join('')) ?? found;
    }
  }
  return found;
}

function signedIn(base64: string): SignedPassport | undefined {
  try {
    const { text, signature } = JSON.parse(Buffer.from(base64, 'base64').toString()) as Partial<SignedPassport>;
    return typeof text === 'string' && typeof signature === 'string' ? { text, signature } : undefined;
  } catch {
    return undefined;
  }
}

export function isPassportLine(line: string): boolean {
  return LINE.test(line);
}

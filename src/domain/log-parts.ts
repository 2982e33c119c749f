/** The driver of a container's log cuts a line after 16 KiB (Docker, `awslogs`), so each is far shorter. */
const LINE_LENGTH = 8000;

/** A text and its signature, as they are handed over. */
interface Signed {
  readonly text: string;
  readonly signature: string;
}

/** How something signed, which is longer than a line, stands in a log. */
export interface LogParts {
  lines(signed: Signed): string[];
  /** The last whole one that stands in a log's lines, whatever stands between them; undefined when there is none. */
  lastIn(lines: readonly string[]): Signed | undefined;
  isLine(line: string): boolean;
}

/** `name`: what each of its lines begins with. */
export function createLogParts(name: string): LogParts {
  const form = new RegExp(`^${name} (\\d+)\\/(\\d+) ([A-Za-z0-9+/=]+)\\s*$`);
  return {
    lines(signed) {
      const text = Buffer.from(JSON.stringify(signed)).toString('base64');
      const count = Math.ceil(text.length / LINE_LENGTH);
      return Array.from({ length: count }, (_, index) => {
        const part = text.slice(index * LINE_LENGTH, (index + 1) * LINE_LENGTH);
        return `${name} ${index + 1}/${count} ${part}`;
      });
    },
    lastIn(lines) {
      let parts: string[] = [];
      let found: Signed | undefined;
      for (const line of lines) {
        const [, place, count, part] = form.exec(line) ?? [];
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
    },
    isLine: (line) => form.test(line),
  };
}

function signedIn(base64: string): Signed | undefined {
  try {
    const { text, signature } = JSON.parse(Buffer.from(base64, 'base64').toString()) as Partial<Signed>;
    return typeof text === 'string' && typeof signature === 'string' ? { text, signature } : undefined;
  } catch {
    return undefined;
  }
}

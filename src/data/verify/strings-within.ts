/** A text within a value, and where in it: `$.contact.email`, `/licence/holder/@name`; empty for the value itself. */
export interface StringWithin {
  readonly path: string;
  readonly text: string;
}

/** All texts of a JSON or XML document; whatever is neither, or broken, is one text. */
export function stringsWithin(value: string): readonly StringWithin[] {
  const start = value.trimStart().charAt(0);
  if (start === '{' || start === '[') {
    return jsonStrings(value) ?? [{ path: '', text: value }];
  }
  if (start === '"') {
    return jsonStrings(value)?.map(({ text }) => ({ path: '', text })) ?? [{ path: '', text: value }];
  }
  return start === '<' && MARKUP.test(value) ? xmlStrings(value) : [{ path: '', text: value }];
}

function jsonStrings(value: string): StringWithin[] | undefined {
  try {
    return [...walk(JSON.parse(value), '$')];
  } catch {
    return undefined;
  }
}

/** Names are looked at too: an object may be keyed by an e-mail address. They stand in no path then. */
function* walk(node: unknown, path: string): Generator<StringWithin> {
  if (typeof node === 'string' || typeof node === 'number') {
    yield { path, text: String(node) };
  } else if (Array.isArray(node)) {
    for (const item of node) {
      yield* walk(item, `${path}[*]`);
    }
  } else if (typeof node === 'object' && node !== null) {
    for (const [name, item] of Object.entries(node)) {
      const isPlain = PLAIN.test(name);
      if (!isPlain) {
        yield { path: `${path}.*`, text: name };
      }
      yield* walk(item, isPlain ? `${path}.${name}` : `${path}.*`);
    }
  }
}

/** What a programmer calls a field. Digits are what data has. */
const PLAIN = /^[A-Za-z_][A-Za-z_-]{0,39}\d{0,2}$/;
const MARKUP = /^\s*<[?!A-Za-z]/;
const PIECE = /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([A-Za-z_][\w:.-]*)([^>]*)>|<[^>]*>|([^<]+)/g;
const ATTRIBUTE = /([A-Za-z_][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Tolerant: HTML that closes nothing is read as well, with a longer path. */
function xmlStrings(value: string): StringWithin[] {
  const found: StringWithin[] = [];
  const open: string[] = [];
  for (const [, cdata, closing, name, rest = '', text] of value.matchAll(PIECE)) {
    const inner = cdata ?? text;
    if (inner !== undefined) {
      found.push({ path: `/${open.join('/')}`, text: decoded(inner) });
    } else if (name !== undefined && closing === '/') {
      open.splice(open.lastIndexOf(name) === -1 ? open.length : open.lastIndexOf(name));
    } else if (name !== undefined) {
      const path = `/${[...open, name].join('/')}`;
      for (const [, attribute, double, single] of rest.matchAll(ATTRIBUTE)) {
        found.push({ path: `${path}/@${attribute}`, text: decoded(double ?? single ?? '') });
      }
      if (!rest.endsWith('/') && open.length < 20) {
        open.push(name);
      }
    }
  }
  return found.filter(({ text }) => text.trim() !== '');
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.includes('&')
    ? text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
        const code = Number.parseInt(decimal ?? hex, decimal === undefined ? 16 : 10);
        return code <= 0x10ffff ? String.fromCodePoint(code) : (ENTITIES[String(name)] ?? whole);
      })
    : text;
}

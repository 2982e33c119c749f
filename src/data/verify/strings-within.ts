/** A text within a value, and where in it: `$.contact.email`, `/licence/holder/@name`; empty for the value itself. */
export interface StringWithin {
  readonly path: string;
  readonly text: string;
  /** Of JSON, and not written as a text. */
  readonly isNumber?: true;
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
  if (typeof node === 'string') {
    yield { path, text: node };
  } else if (typeof node === 'number') {
    yield { path, text: String(node), isNumber: true };
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

/** What a path of a rule is called here, where neither elements of an array nor odd names are told apart. */
export function pathWithin(path: string): string {
  if (!path.startsWith('$')) {
    return path;
  }
  return path
    .replaceAll(/\[\d+\]/g, '[*]')
    .replaceAll(/\.(?:"([^"\\]+)"|([\w$]+))/g, (_, quoted: string | undefined, bare: string | undefined) => {
      const name = quoted ?? bare ?? '';
      return PLAIN.test(name) ? `.${name}` : '.*';
    });
}

/** What a programmer calls a field. Digits are what data has. */
const PLAIN = /^[A-Za-z_][A-Za-z_-]{0,39}\d{0,2}$/;
const MARKUP = /^\s*<[?!A-Za-z]/;
/** An element's tag, else a comment or the like, else text. None goes on beyond the next `<`, so that none is read twice. */
const PIECE = /<(\/?)([A-Za-z_][\w:.-]*)([^<>]*)>|<([^<>]*)>|([^<]+)/g;
const ATTRIBUTE = /([A-Za-z_][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Tolerant: HTML that closes nothing is read as well, with a longer path. */
function xmlStrings(value: string): StringWithin[] {
  const found: StringWithin[] = [];
  const open: string[] = [];
  for (const [, closing, name, rest = '', note, text = note] of value
    .replaceAll(/<!\[CDATA\[|\]\]>/g, ' ')
    .matchAll(PIECE)) {
    if (text !== undefined) {
      found.push({ path: `/${open.join('/')}`, text: decoded(text) });
    } else if (name !== undefined && closing === '/') {
      close(open, name);
    } else if (name !== undefined) {
      found.push(...attributes(`/${[...open, name].join('/')}`, rest));
      if (!rest.endsWith('/') && open.length < DEEPEST) {
        open.push(name);
      }
    }
  }
  return found.filter(({ text }) => text.trim() !== '');
}

const DEEPEST = 20;

function close(open: string[], name: string): void {
  const at = open.lastIndexOf(name);
  if (at !== -1) {
    open.splice(at);
  }
}

function attributes(path: string, tag: string): StringWithin[] {
  return [...tag.matchAll(ATTRIBUTE)].map(([, name, double, single]) => ({
    path: `${path}/@${name}`,
    text: decoded(double ?? single ?? ''),
  }));
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.includes('&')
    ? text.replaceAll(/&(#\d{1,7}|#x[\da-f]{1,6}|\w+);/gi, (_, name: string) => entity(name))
    : text;
}

function entity(name: string): string {
  if (!name.startsWith('#')) {
    return ENTITIES[name.toLowerCase()] ?? ' ';
  }
  const isHex = name.charAt(1).toLowerCase() === 'x';
  const code = Number.parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10);
  return code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
}

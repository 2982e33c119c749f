import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
  visit,
} from 'yaml';
import type { FieldPath } from './finding.ts';

interface Position {
  readonly line: number;
  readonly column: number;
}

interface SyntaxProblem extends Position {
  readonly message: string;
}

export type YamlSource =
  | { readonly ok: true; readonly value: unknown; readonly locate: (field: FieldPath, atKey?: boolean) => Position }
  | { readonly ok: false; readonly problems: readonly SyntaxProblem[] };

/** What a kind of file is held to. */
export interface YamlBounds {
  readonly maxBytes: number;
  /** Whether a key may have nothing behind it, which YAML takes for a written `null`; true unless told otherwise. */
  readonly allowsBlanks?: boolean;
}

/** Enough to share a block a few times; too few to blow up. */
const MAX_ALIASES = 50;
/** The deepest thing in any of the files is eight levels down. */
const MAX_DEPTH = 20;

const BLANK = 'nothing stands here: write `null` where that is meant';
const TOP: Position = { line: 1, column: 1 };

/**
 * Reads YAML 1.2 into plain data, and can tell where each part of it stands. Whatever cannot be read (broken syntax,
 * repeated keys, tabs, too large, too deep, too many aliases, not UTF-8) is a problem with a line; nothing is thrown.
 * Numbers and booleans that would not be written back as they stand (`1.10`, `0x1F`, `True`) are kept as text.
 */
export function readYaml(input: string | Uint8Array, bounds: YamlBounds): YamlSource {
  const text = typeof input === 'string' ? input : decodeUtf8(input);
  if (text === undefined || text.includes('\uFFFD')) {
    const line = text === undefined ? 1 : text.slice(0, text.indexOf('\uFFFD')).split('\n').length;
    return refused('the file is not UTF-8 text', { line, column: 1 });
  }
  if (new TextEncoder().encode(text).length > bounds.maxBytes) {
    return refused(`the file is larger than ${bounds.maxBytes / 1024} KiB`);
  }
  if (isTooDeep(text)) {
    return refused(`the file is nested more than ${MAX_DEPTH} levels deep`);
  }
  return parse(text, bounds);
}

function parse(text: string, { allowsBlanks = true }: YamlBounds): YamlSource {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, stringKeys: true, uniqueKeys: true });
  const at = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problems = [...document.errors, ...document.warnings].map(({ message, pos }) => ({
    ...at(pos[0]),
    message: plain(message),
  }));
  if (problems.length > 0) {
    return { ok: false, problems };
  }
  if (countAliases(document) > MAX_ALIASES) {
    return refused(`the file has more than ${MAX_ALIASES} aliases`);
  }
  const blanks = allowsBlanks ? [] : blanksOf(document).map((offset) => ({ ...at(offset), message: BLANK }));
  if (blanks.length > 0) {
    return { ok: false, problems: blanks };
  }
  keepSpelling(document);
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    return { ok: true, value, locate: (field, atKey = false) => at(offsetOf(document, field, atKey)) };
  } catch {
    return refused('the aliases of the file multiply, or point nowhere');
  }
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Brackets and indentation, counted before the parser, which descends once for each, sees them. */
function isTooDeep(text: string): boolean {
  let open = 0;
  for (const character of text) {
    open += character === '[' || character === '{' ? 1 : 0;
    open -= (character === ']' || character === '}') && open > 0 ? 1 : 0;
    if (open > MAX_DEPTH) {
      return true;
    }
  }
  return /^ *(- ){20}/m.test(text) || /^ {400}/m.test(text);
}

function countAliases(document: Document): number {
  let aliases = 0;
  visit(document, {
    Alias: () => {
      aliases += 1;
    },
  });
  return aliases;
}

/** Where something should stand, and nothing does. */
function blanksOf(document: Document): number[] {
  const offsets: number[] = [];
  visit(document, {
    Scalar: (_, { value, source, range }: Scalar) => {
      if (value === null && (source ?? '') === '') {
        offsets.push(range?.[0] ?? 0);
      }
    },
  });
  return offsets;
}

function keepSpelling(document: Document): void {
  visit(document, {
    Scalar: (_, node: Scalar) => {
      const { value, source } = node;
      if (
        (typeof value === 'number' || typeof value === 'boolean') &&
        source !== undefined &&
        String(value) !== source
      ) {
        node.value = source;
      }
    },
  });
}

/** The offset of the deepest part of `field` that is there. */
function offsetOf(document: Document, field: FieldPath, atKey: boolean): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [depth, step] of field.entries()) {
    const child = childOf(isAlias(node) ? node.resolve(document) : node, step);
    if (child === undefined) {
      return offset;
    }
    const wantsKey = (atKey && depth === field.length - 1) || !hasOwnLine(child.value);
    offset = startOf(wantsKey ? (child.key ?? child.value) : child.value) ?? startOf(child.key) ?? offset;
    node = child.value;
  }
  return offset;
}

function childOf(node: unknown, step: string | number): { key: unknown; value: unknown } | undefined {
  if (isMap(node)) {
    return node.items.find(({ key }) => isScalar(key) && key.value === step);
  }
  return isSeq(node) && Number(step) in node.items ? { key: undefined, value: node.items[Number(step)] } : undefined;
}

/** What a collection says is said by its key: its first line is a child's. */
function hasOwnLine(node: unknown): boolean {
  return isScalar(node) || isAlias(node);
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

function plain(message: string): string {
  const first = message.split('\n')[0] ?? message;
  return first === 'Map keys must be unique' ? 'this key is there twice' : first;
}

function refused(message: string, position: Position = TOP): YamlSource {
  return { ok: false, problems: [{ ...position, message }] };
}

import type { Mask, MaskedField } from '../rules/rule-set.ts';
import { type DraftMask, fieldTarget } from './field.ts';
import { quotePattern, quoteText } from './sql-text.ts';
import { type Drafted, problem, type Target } from './target.ts';
import { draftText } from './text.ts';

const NAME = String.raw`[A-Za-z_][\w.:-]*`;
const PATH = new RegExp(`^(?:/${NAME})+(?:/@${NAME})?$`);
/** Prefixes of namespaces that are as long are known for such; longer ones lose what they stand for. */
const LONGEST_PREFIX = 12;
/** As deep as elements are looked at within each other. */
const DEEPEST = 16;
const ATTRIBUTES = String.raw`(?:\s++${NAME}\s*+=\s*+(?:"[^"<>]*+"|'[^'<>]*+'))*+\s*+`;

/**
 * Elements and attributes of an XML document, each by its path. An element loses what else stands in it. UpdateXML changes
 * one place or none, so where a path names several, all texts of the document are replaced instead.
 *
 * Comments, sections of CDATA, instructions and the document's type go. With `others: text` all texts and attributes but
 * namespaces are replaced first. What is no XML, is more than 16 elements deep or no longer fits becomes filler.
 */
export function draftXml(target: Target, mask: Extract<Mask, { kind: 'xml' }>, draftMask: DraftMask): Drafted {
  const { column, value } = target;
  const filler = draftText(target);
  if (column.kind !== 'text' || 'problem' in filler) {
    return problem(target, 'it holds no XML; use another mask than xml');
  }
  const document = withoutAsides(`CONVERT(${value} USING utf8mb4)`);
  const several = mask.fields.map(({ path }) => `ExtractValue(${document},${quoteText(`count(${path})`)})>1`);
  const blank = withoutTexts(document);
  const isBlank = several.length > 0 ? `IF(${several.join(' OR ')},${blank},${document})` : document;
  let whole = mask.others === 'text' ? blank : isBlank;
  const reads: string[] = [];
  for (const field of mask.fields) {
    if (!PATH.test(field.path)) {
      return problem(target, `${field.path} is no path; write /element/element or /element/@attribute`);
    }
    const draft = draftMask(
      fieldTarget(target, field, `ExtractValue(${document},${quoteText(field.path)})`),
      field.mask,
    );
    if ('problem' in draft) {
      return draft;
    }
    whole = `UpdateXML(${whole},${quoteText(field.path)},${placed(field, draft.sql(undefined))})`;
    reads.push(...(draft.reads ?? []));
  }
  const room = column.maxLength ?? Number.POSITIVE_INFINITY;
  const fits = Number.isFinite(room) ? ` AND LENGTH(${whole})<=${room}` : '';
  const sql =
    `CASE WHEN ${value}='' THEN '' WHEN IF(${isXml(document)},${isXml(whole)}${fits},0) THEN ${whole} ` +
    `ELSE ${filler.sql(undefined)} END`;
  return { sql: () => sql, isInjective: false, hasAttempts: false, reads };
}

function placed({ path }: MaskedField, masked: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const value = `COALESCE(${masked},'')`;
  return name.startsWith('@')
    ? `CONCAT('${name.slice(1)}="',${value},'"')`
    : `CONCAT('<${name}>',${value},'</${name}>')`;
}

/**
 * One element, and nothing beside it that is none. Taken away are elements without others in them, again and again, until
 * nothing is left: the server's own parser makes an error of what is not well-formed, so it is asked afterwards.
 */
function isXml(document: string): string {
  let left = replaced(document, `<${NAME}${ATTRIBUTES}/>`, '');
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    left = replaced(left, String.raw`<(${NAME})${ATTRIBUTES}>[^<]*+</\1\s*+>`, '');
  }
  const isEmpty = `${left} REGEXP ${quotePattern(String.raw`^\s*$`)}`;
  return `IF(${isEmpty},ExtractValue(${document},'count(/*)')=1,0)`;
}

/** Comments, sections of CDATA, the document's type and instructions, which no path names. */
export function withoutAsides(document: string): string {
  return replaced(
    document,
    String.raw`(?s)<!--.*?-->|<!\[CDATA\[.*?\]\]>|<!DOCTYPE[^>\[]*+(?:\[.*?\])?\s*+>|<\?.*?\?>`,
    '',
  );
}

function withoutTexts(document: string): string {
  const prefixes = Array.from({ length: LONGEST_PREFIX }, (_, nth) => `(?<!xmlns:[\\w.-]{${nth + 1}})`).join('');
  const attribute = `(?<!xmlns)${prefixes}\\s*+=\\s*+(?:"[^"]*+"|'[^']*+')`;
  return replaced(replaced(document, String.raw`>\s*+[^<\s][^<]*+`, '>Lorem ipsum'), attribute, '="Lorem"');
}

function replaced(document: string, pattern: string, by: string): string {
  return `REGEXP_REPLACE(${document},${quotePattern(pattern)},${quoteText(by)})`;
}

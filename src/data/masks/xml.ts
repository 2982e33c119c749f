import type { Mask, MaskedField } from '../rules/rule-set.ts';
import { type DraftMask, fieldTarget } from './field.ts';
import { quotePattern, quoteText } from './sql-text.ts';
import { type Drafted, problem, type Target } from './target.ts';
import { draftText } from './text.ts';

const NAME = String.raw`[A-Za-z_][\w.:-]*`;
const PATH = new RegExp(`^(?:/${NAME})+(?:/@${NAME})?$`);
/** Prefixes of namespaces that are as long are known for such; longer ones lose what they stand for. */
const LONGEST_PREFIX = 12;

/**
 * Elements and attributes of an XML document, each by its path. An element loses what else stands in it. UpdateXML changes
 * one place or none, so where a path names several, all texts of the document are replaced instead.
 *
 * With `others: text` all texts and attributes but namespaces are replaced first; comments, sections of CDATA,
 * instructions and the document's type go. What is no XML, before or after, or no longer fits becomes filler.
 */
export function draftXml(target: Target, mask: Extract<Mask, { kind: 'xml' }>, draftMask: DraftMask): Drafted {
  const { column, value } = target;
  const filler = draftText(target);
  if (column.kind !== 'text' || 'problem' in filler) {
    return problem(target, 'it holds no XML; use another mask than xml');
  }
  const document = `CONVERT(${value} USING utf8mb4)`;
  const several = mask.fields.map(({ path }) => `ExtractValue(${document},${quoteText(`count(${path})`)})>1`);
  const blank = withoutTexts(document);
  const isBlank = several.length > 0 ? `IF(${several.join(' OR ')},${blank},${document})` : document;
  let whole = mask.others === 'text' ? blank : isBlank;
  const reads: string[] = [];
  for (const field of mask.fields) {
    if (!PATH.test(field.path)) {
      return problem(target, `${field.path} is no path; write /element/element or /element/@attribute`);
    }
    const draft = draftMask(fieldTarget(target, field, `ExtractValue(${document},${quoteText(field.path)})`), field.mask);
    if ('problem' in draft) {
      return draft;
    }
    whole = `UpdateXML(${whole},${quoteText(field.path)},${placed(field, draft.sql(undefined))})`;
    reads.push(...(draft.reads ?? []));
  }
  const room = column.maxLength ?? Number.POSITIVE_INFINITY;
  const fits = Number.isFinite(room) ? ` AND LENGTH(${whole})<=${room}` : '';
  const sql =
    `CASE WHEN ${value}='' THEN '' WHEN ${isXml(document)} AND ${isXml(whole)}${fits} THEN ${whole} ` +
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

/** One element, and nothing before it that is none. */
function isXml(document: string): string {
  return `COALESCE(${document} REGEXP ${quotePattern(String.raw`^\s*<`)} AND ExtractValue(${document},'count(/*)')=1,0)`;
}

function withoutTexts(document: string): string {
  const asides = String.raw`(?s)<!--.*?-->|<!\[CDATA\[.*?\]\]>|<!DOCTYPE[^>\[]*+(?:\[.*?\])?\s*+>|<\?.*?\?>`;
  const prefixes = Array.from({ length: LONGEST_PREFIX }, (_, nth) => `(?<!xmlns:[\\w.-]{${nth + 1}})`).join('');
  const attribute = `(?<!xmlns)${prefixes}\\s*+=\\s*+(?:"[^"]*+"|'[^']*+')`;
  const bare = `REGEXP_REPLACE(${document},${quotePattern(asides)},'')`;
  const still = `REGEXP_REPLACE(${bare},${quotePattern(String.raw`>\s*+[^<\s][^<]*+`)},'>Lorem ipsum')`;
  return `REGEXP_REPLACE(${still},${quotePattern(attribute)},'="Lorem"')`;
}

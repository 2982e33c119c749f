import * as z from 'zod';
import { text } from '../../config/document/checked-text.ts';
import { conditionProblem } from './condition.ts';
import type { Case, FakeKind, FieldsElsewhere, Mask, MaskedField } from './rule-set.ts';

export const FAKE_KINDS = [
  'given-name',
  'family-name',
  'full-name',
  'company',
  'email',
  'phone',
  'address-line',
  'town',
  'postcode',
  'vrm',
  'licence-number',
  'login',
] as const satisfies readonly FakeKind[];

/** SHA-256 has so many hexadecimal digits. */
const LONGEST_HASH = 64;
/** A hundred years. */
const FURTHEST_SHIFT = 36_525;

export const reason = text((given) => (/\p{L}{2}/u.test(given) ? undefined : 'a reason is said in words'));
export const condition = text(conditionProblem);

/** `$.contact.email`, `$.people[*].name`, `$."odd name"[0]` (JSON Path Syntax, MySQL reference manual; no `**`). */
const jsonPath = text((path) =>
  /^\$(\.([\p{L}_$][\p{L}\p{N}_$]*|"[^"\\]+"|\*)|\[(\d+|\*)\])+$/u.test(path)
    ? undefined
    : 'a path into JSON is such as `$.contact.email` or `$.people[*].name`',
);

/** `/licence/holder`, `/licence/@number`: names only, from the top. */
const xmlPath = text((path) =>
  /^(\/[\p{L}_][\p{L}\p{N}_.:-]*)+(\/@[\p{L}_][\p{L}\p{N}_.:-]*)?$/u.test(path)
    ? undefined
    : 'a path into XML is such as `/licence/holder` or `/licence/@number`',
);

const word = z.enum(['hash', 'digits', 'text']);
const columnWord = z.enum(['hash', 'digits', 'text', 'shuffle']);
const noValue = z
  .null()
  .describe('NULL.')
  .transform((): Mask => ({ kind: 'null' }));
const asMask = (kind: z.output<typeof columnWord>): Mask => (kind === 'hash' ? { kind, length: undefined } : { kind });

const simple = {
  keep: reason.describe('As it is, and why that may be.').optional(),
  constant: z
    .union([z.string(), z.number(), z.boolean()])
    .describe('The same everywhere, instead of NULL too.')
    .optional(),
  fake: z.enum(FAKE_KINDS).describe("Something that looks like it and is nobody's.").optional(),
  hash: z.int().min(1).max(LONGEST_HASH).describe('So many hexadecimal digits.').optional(),
  dateShift: z.int().min(1).max(FURTHEST_SHIFT).describe('At most so many days, either way.').optional(),
  with: text((name) => (name.trim() === '' ? 'a column has a name' : undefined))
    .describe('Beside `dateShift`: the column whose equal values shift dates equally, such as the key of a person.')
    .optional(),
};
const withWord = { ...simple, mask: z.union([z.null(), word]).describe('A mask that is a word alone.').optional() };

const fieldMask = z.union([noValue, word.transform(asMask), z.strictObject(withWord).transform(soleMask)]);

const others = z
  .union([z.literal('text'), z.strictObject({ keep: reason })])
  .describe('What becomes of all that no path leads to: its text is replaced, or it is kept, and why.');
const documents = {
  json: z.record(jsonPath, fieldMask).describe('Fields of JSON, by their paths.').optional(),
  xml: z.record(xmlPath, fieldMask).describe('Elements and attributes of XML, by their paths.').optional(),
  others: others.optional(),
};

const wholeMask = z.union([
  noValue,
  word.transform(asMask),
  z.strictObject({ ...withWord, ...documents }).transform(soleMask),
]);
const oneCase = z
  .strictObject({ when: condition.describe('SQL over the row as it was.'), ...withWord, ...documents })
  .transform(({ when, ...block }, context): Case => ({ when, mask: soleMask(block, context) }));

const columnBlock = z
  .strictObject({
    ...simple,
    mask: z
      .union([z.null(), columnWord])
      .describe('A mask that is a word alone, where `domain` stands beside it.')
      .optional(),
    ...documents,
    cases: z.array(oneCase).min(1).describe('The first whose condition holds.').optional(),
    otherwise: wholeMask.describe('What none of the cases is for.').optional(),
    domain: text((name) => (name.trim() === '' ? 'a domain has a name' : undefined))
      .describe('Equal values of one domain stay equal, across tables.')
      .optional(),
  })
  .transform(({ domain, ...block }, context) => {
    const mask = soleMask(block, context);
    if (domain !== undefined && !HAS_DOMAIN.has(mask.kind)) {
      context.issues.push({
        code: 'custom',
        message: `\`domain\` says nothing beside \`${mask.kind}\``,
        input: domain,
      });
    }
    return { mask, domain };
  });

/** Masks that make equal values of equal ones. */
const HAS_DOMAIN: ReadonlySet<Mask['kind']> = new Set(['fake', 'hash', 'digits', 'date-shift', 'text', 'cases']);

/** What may stand behind the name of a column. */
export const columnMask = z.union([
  noValue.transform((mask) => ({ mask, domain: undefined })),
  columnWord.transform((kind) => ({ mask: asMask(kind), domain: undefined })),
  columnBlock,
]);

interface Block {
  readonly keep?: string | undefined;
  readonly constant?: string | number | boolean | undefined;
  readonly fake?: FakeKind | undefined;
  readonly hash?: number | undefined;
  readonly dateShift?: number | undefined;
  readonly with?: string | undefined;
  readonly mask?: z.output<typeof columnWord> | null | undefined;
  readonly json?: Readonly<Record<string, Mask>> | undefined;
  readonly xml?: Readonly<Record<string, Mask>> | undefined;
  readonly others?: FieldsElsewhere | undefined;
  readonly cases?: readonly Case[] | undefined;
  readonly otherwise?: Mask | undefined;
}

const NONE: Mask = { kind: 'null' };

/** The one mask that a block of keys names. */
function soleMask(block: Block, context: z.RefinementCtx): Mask {
  const masks = masksOf(block);
  const [mask = NONE] = masks.values();
  const problem =
    masks.size === 1
      ? leftOver(block, mask)
      : `needs one mask, and ${masks.size === 0 ? 'none is here' : `these are here: ${[...masks.keys()].join(', ')}`}`;
  if (problem !== undefined) {
    context.addIssue({ code: 'custom', message: problem });
  }
  return mask;
}

function masksOf(block: Block): Map<string, Mask> {
  const masks = new Map<string, Mask>();
  for (const [key, make] of Object.entries(MAKERS)) {
    const mask = make(block);
    if (mask !== undefined) {
      masks.set(key, mask);
    }
  }
  return masks;
}

/** By the key that names it: the mask, where the block has that key. */
const MAKERS: Readonly<Record<string, (block: Block) => Mask | undefined>> = {
  keep: (block) => (block.keep === undefined ? undefined : { kind: 'keep', reason: block.keep }),
  constant: ({ constant: value }) => (value === undefined ? undefined : { kind: 'constant', value }),
  fake: ({ fake }) => fake && { kind: 'fake', of: fake },
  hash: ({ hash: length }) => (length === undefined ? undefined : { kind: 'hash', length }),
  dateShift: ({ dateShift: maxDays, with: by }) =>
    maxDays === undefined ? undefined : { kind: 'date-shift', maxDays, ...(by === undefined ? {} : { with: by }) },
  mask: ({ mask }) => (mask === null ? NONE : mask && asMask(mask)),
  json: ({ json, others: elsewhere = 'text' }) => json && { kind: 'json', fields: fieldsOf(json), others: elsewhere },
  xml: ({ xml, others: elsewhere = 'text' }) => xml && { kind: 'xml', fields: fieldsOf(xml), others: elsewhere },
  cases: ({ cases, otherwise = NONE }) => cases && { kind: 'cases', cases, otherwise },
};

/** Keys that belong to another mask, or that this one lacks. */
function leftOver({ others: elsewhere, otherwise, with: by }: Block, { kind }: Mask): string | undefined {
  if (by !== undefined && kind !== 'date-shift') {
    return '`with` belongs to `dateShift`';
  }
  const isDocument = kind === 'json' || kind === 'xml';
  if (isDocument !== (elsewhere !== undefined)) {
    return isDocument
      ? `needs \`others\` beside \`${kind}\`: \`text\`, or \`{ keep: <reason> }\``
      : '`others` belongs to `json` and `xml`';
  }
  if ((kind === 'cases') !== (otherwise !== undefined)) {
    return kind === 'cases' ? 'needs `otherwise` beside `cases`' : '`otherwise` belongs to `cases`';
  }
  return undefined;
}

function fieldsOf(fields: Readonly<Record<string, Mask>>): MaskedField[] {
  return Object.entries(fields).map(([path, mask]) => ({ path, mask }));
}

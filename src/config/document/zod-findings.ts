import * as z from 'zod';
import { nearest } from '../../domain/nearest.ts';
import { quoted } from '../../domain/quoted.ts';
import type { FieldPath, Finding } from './finding.ts';

type Issue = z.core.$ZodIssue;
type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What Zod has against a value, in sentences for whoever wrote it; one finding for each unknown key. */
export function zodFindings(error: z.ZodError, { value, schema }: { value: unknown; schema: z.ZodType }): Finding[] {
  const keysAt = (field: FieldPath): string[] => knownKeys(jsonSchemaOf(schema), field);
  return error.issues.flatMap((issue) => findingsOf(issue, { value, keysAt, above: [] }));
}

interface Context {
  readonly value: unknown;
  readonly keysAt: (field: FieldPath) => string[];
  readonly above: FieldPath;
}

function findingsOf(issue: Issue, context: Context): Finding[] {
  const field = [...context.above, ...fieldOf(issue)];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey(field, key, context.keysAt(field)));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return closestBranch(issue.errors).flatMap((inner) => findingsOf(inner, { ...context, above: field }));
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.map((inner) => ({
      field,
      message: inner.code === 'custom' ? inner.message : 'is not a name that can stand here',
      found: String(field.at(-1) ?? ''),
      allowed: null,
      atKey: true,
    }));
  }
  const found = valueAt(context.value, field);
  if (found === undefined) {
    return [
      {
        field: field.slice(0, -1),
        message: `\`${String(field.at(-1))}\` is missing`,
        found: null,
        allowed: allowedBy(issue),
        atKey: true,
      },
    ];
  }
  return [{ field, message: messageOf(issue), found: shown(found), allowed: allowedBy(issue) }];
}

function fieldOf(issue: Issue): FieldPath {
  return issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
}

function unknownKey(field: FieldPath, key: string, known: readonly string[]): Finding {
  const meant = nearest(key, known);
  return {
    field: [...field, key],
    message: `there is no key ${quoted(key)} here${meant === undefined ? '' : `: did you mean \`${meant}\`?`}`,
    found: key,
    allowed: known.join(', '),
    atKey: true,
  };
}

/** Of the shapes a value might have, the one it comes nearest to: that which complains deepest inside it. */
function closestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const depth = (issues: readonly Issue[]): number =>
    Math.max(
      ...issues.map(
        (issue) => issue.path.length * 2 + (issue.code === 'invalid_type' || issue.code === 'invalid_value' ? 0 : 1),
      ),
    );
  const [best = []] = branches.toSorted((a, b) => depth(b) - depth(a));
  if (
    branches.every((issues) =>
      issues.every(({ code, path }) => path.length === 0 && (code === 'invalid_type' || code === 'invalid_value')),
    )
  ) {
    const allowed = branches.flatMap((issues) => issues.map(allowedBy)).filter((words) => words !== null);
    return best
      .slice(0, 1)
      .map(
        (issue) => ({ ...issue, code: 'custom', message: `must be ${[...new Set(allowed)].join(' or ')}` }) as Issue,
      );
  }
  return best;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  object: 'a block of keys',
  record: 'a block of keys',
  array: 'a list',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

function messageOf(issue: Issue): string {
  if (issue.code === 'too_small') {
    return `must be at least ${issue.minimum}${UNITS[issue.origin] ?? ''}`;
  }
  if (issue.code === 'too_big') {
    return `must be at most ${issue.maximum}${UNITS[issue.origin] ?? ''}`;
  }
  if (issue.code === 'not_multiple_of') {
    return `must be a multiple of ${issue.divisor}`;
  }
  if (issue.code === 'invalid_format') {
    return issue.format.startsWith('cidr') ? 'must be a network such as 10.0.0.0/16' : 'is not written as it must be';
  }
  const allowed = allowedBy(issue);
  return allowed === null ? issue.message : `must be ${allowed}`;
}

const UNITS: Readonly<Record<string, string>> = { array: ' long', string: ' characters' };

function allowedBy(issue: Issue): string | null {
  if (issue.code === 'invalid_type') {
    return TYPE_WORDS[issue.expected] ?? issue.expected;
  }
  return issue.code === 'invalid_value' ? issue.values.map(String).join(', ') : null;
}

export function valueAt(value: unknown, field: FieldPath): unknown {
  let current = value;
  for (const step of field) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) {
      return undefined;
    }
    current = Reflect.get(current, step);
  }
  return current;
}

function shown(found: unknown): string {
  if (typeof found === 'object' && found !== null) {
    return Array.isArray(found) ? 'a list' : 'a block of keys';
  }
  return found === null ? 'nothing' : JSON.stringify(found).replace(/^"|"$/g, '');
}

const jsonSchemas = new WeakMap<z.ZodType, JsonSchema>();

/** Made once: it takes longer than all else that a wrong file costs. */
function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const made = jsonSchemas.get(schema) ?? z.toJSONSchema(schema, { io: 'input' });
  jsonSchemas.set(schema, made);
  return made;
}

/** The keys that may stand at `field`, out of the schema itself. */
function knownKeys(schema: JsonSchema, field: FieldPath): string[] {
  const [step, ...rest] = field;
  const shapes = [schema, ...(schema.anyOf ?? [])].filter((shape) => typeof shape === 'object');
  if (step === undefined) {
    return shapes.flatMap((shape) => Object.keys(shape.properties ?? {}));
  }
  for (const shape of shapes) {
    const next = shape.properties?.[step] ?? (typeof step === 'number' ? shape.items : shape.additionalProperties);
    if (typeof next === 'object' && !Array.isArray(next)) {
      return knownKeys(next, rest);
    }
  }
  return [];
}

/** A piece of a template: text as it stands, or a reference to be replaced. */
type TemplatePart =
  | { readonly text: string }
  /** What stands between `${` and `}`: `host.api`. `at` is its offset in the template, that of the `$`. */
  | { readonly reference: string; readonly at: number };

interface TemplateProblem {
  readonly at: number;
  readonly message: string;
}

export type ParsedTemplate =
  | { readonly ok: true; readonly parts: readonly TemplatePart[] }
  | { readonly ok: false; readonly problems: readonly TemplateProblem[] };

export type RenderedTemplate =
  | { readonly ok: true; readonly text: string }
  /** The references without a value yet, each once, in their order. */
  | { readonly ok: false; readonly missing: readonly string[] };

const TOKEN = /\$\$\{|\$\{([^}\n]*)\}|\$\{/g;
const REFERENCE = /^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9][A-Za-z0-9_-]*)+$/;

/**
 * Splits a text at its `${references}`. `$${` stands for a literal `${`; a `$` before anything else is a dollar. There is
 * nothing to evaluate: a reference is a dotted name, and whether it is known is for `referenceProblem` to say.
 */
export function parseTemplate(template: string): ParsedTemplate {
  const parts: TemplatePart[] = [];
  const problems: TemplateProblem[] = [];
  let end = 0;
  for (const token of template.matchAll(TOKEN)) {
    addText(parts, template.slice(end, token.index));
    end = token.index + token[0].length;
    const reference = token[1]?.trim();
    if (token[0] === '$${') {
      addText(parts, '${');
    } else if (reference === undefined) {
      problems.push({
        at: token.index,
        message: 'a `${` is not closed by a `}`; write `$${` for the characters themselves',
      });
    } else if (REFERENCE.test(reference)) {
      parts.push({ reference, at: token.index });
    } else {
      problems.push({
        at: token.index,
        message: 'between `${` and `}` belongs a name such as `env.name` or `host.api`',
      });
    }
  }
  addText(parts, template.slice(end));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, parts };
}

/** The references of a text, each once, in their order; none when it cannot be parsed. */
export function referencesOf(template: string): string[] {
  const parsed = parseTemplate(template);
  return parsed.ok ? [...new Set(parsed.parts.flatMap((part) => ('reference' in part ? [part.reference] : [])))] : [];
}

/**
 * Replaces every reference by its value. A reference that has no value is missing, never empty. The template must have
 * been accepted by `parseTemplate`; one that was not is a mistake of the caller, and throws.
 */
export function renderTemplate(template: string, values: Readonly<Record<string, string>>): RenderedTemplate {
  const parsed = parseTemplate(template);
  if (!parsed.ok) {
    throw new TypeError(`template rendered before it was checked: ${parsed.problems[0]?.message ?? ''}`);
  }
  const missing = new Set<string>();
  const texts = parsed.parts.map((part) => {
    if ('text' in part) {
      return part.text;
    }
    const value = values[part.reference];
    if (value === undefined) {
      missing.add(part.reference);
    }
    return value ?? '';
  });
  return missing.size > 0 ? { ok: false, missing: [...missing] } : { ok: true, text: texts.join('') };
}

function addText(parts: TemplatePart[], text: string): void {
  const last = parts.at(-1);
  if (text === '') {
    return;
  }
  if (last !== undefined && 'text' in last) {
    parts[parts.length - 1] = { text: last.text + text };
  } else {
    parts.push({ text });
  }
}

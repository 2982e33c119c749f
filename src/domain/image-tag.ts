/** What the placeholders of a tag template stand for. One that is left out cannot be used. */
export interface TagValues {
  /** The head branch, as git has it: `{branch}`, and `{slug}` in lower case. */
  readonly branch?: string;
  /** Forty hexadecimal digits: `{sha}`, `{sha7}`, `{sha10}`. */
  readonly sha?: string;
  /** The pull request's number. */
  readonly number?: number;
  /** The newest commit of a branch that touches the service's paths: `{pathSha}`, `{pathSha7}`, `{pathSha10}`. */
  readonly pathSha?: string;
}

const MAX_TAG_LENGTH = 128;

/** As the first users' own workflow cuts a branch in a tag (dvsa/vol-app). */
const MAX_SLUG_LENGTH = 80;

const PLACEHOLDERS = {
  head: ['slug', 'branch', 'sha', 'sha7', 'sha10', 'number'],
  fallback: ['pathSha', 'pathSha7', 'pathSha10', 'sha', 'sha7', 'sha10', 'branch', 'slug'],
} as const;

/** What is wrong with a tag template; undefined when tags can be made of it. */
export function tagTemplateProblem(template: string, use: keyof typeof PLACEHOLDERS): string | undefined {
  const allowed: readonly string[] = PLACEHOLDERS[use];
  const stranger = [...template.matchAll(/\{([^{}]*)\}/g)].find(([, name]) => !allowed.includes(name ?? ''));
  if (stranger !== undefined) {
    return `\`${stranger[0]}\` is unknown: use ${allowed.map((name) => `{${name}}`).join(', ')}`;
  }
  const literal = template.replace(/\{[^{}]*\}/g, 'x');
  return /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(literal)
    ? undefined
    : 'a tag is made of letters, digits, `.`, `_` and `-`, and begins with none of the last two';
}

/**
 * The tag that a template gives: legal in a registry, at most 128 characters. Only the branch is ever shortened, so that
 * a commit in the tag stays whole. Undefined when the template needs a value that is not there.
 */
export function renderTag(template: string, values: TagValues): string | undefined {
  const fixed: Record<string, string | undefined> = {
    ...shasOf('sha', values.sha),
    ...shasOf('pathSha', values.pathSha),
    number: values.number === undefined ? undefined : String(values.number),
  };
  const branch = values.branch?.replace(/[^A-Za-z0-9._-]/gu, '-');
  const needed = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? '');
  const isBranch = (name: string): boolean => name === 'slug' || name === 'branch';
  if (needed.some((name) => (isBranch(name) ? branch : fixed[name]) === undefined)) {
    return undefined;
  }
  const branches = needed.filter(isBranch).length;
  const rest = template.replace(/\{([^{}]*)\}/g, (_, name: string) => (isBranch(name) ? '' : (fixed[name] ?? '')));
  const room = Math.min(
    MAX_SLUG_LENGTH,
    Math.max(0, Math.floor((MAX_TAG_LENGTH - rest.length) / Math.max(1, branches))),
  );
  const cut = branch?.slice(0, room) ?? '';
  return template
    .replace(/\{([^{}]*)\}/g, (_, name: string) => (name === 'slug' ? cut.toLowerCase() : (fixed[name] ?? cut)))
    .replace(/^[.-]/, '_')
    .slice(0, MAX_TAG_LENGTH);
}

function shasOf(name: string, sha: string | undefined): Record<string, string | undefined> {
  return { [name]: sha, [`${name}7`]: sha?.slice(0, 7), [`${name}10`]: sha?.slice(0, 10) };
}

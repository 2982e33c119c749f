import type { Finding } from '../document/finding.ts';
import { readYaml, type YamlSource } from '../document/yaml-source.ts';
import { valueAt, zodFindings } from '../document/zod-findings.ts';
import type { Blueprint } from './blueprint.ts';
import { credentialFindings } from './checks/credentials.ts';
import { dependencyFindings } from './checks/dependencies.ts';
import { exposureFindings } from './checks/exposure.ts';
import { migrationFindings } from './checks/migrations.ts';
import { templateFindings } from './checks/templates.ts';
import { workloadFindings } from './checks/workloads.ts';
import { resolveBlueprint } from './resolve.ts';
import { blueprintSchema } from './schema.ts';

/** What is wrong with the file, where, and what would be right. */
export interface BlueprintProblem {
  /** The file, in the repository. */
  readonly path: string;
  /** Both 1-based. */
  readonly line: number;
  readonly column: number;
  /** `services.api.port`; empty for the whole file. */
  readonly field: string;
  /** A phrase; with what it names in code spans. */
  readonly message: string;
  /** As it stands in the file: data, not markup, and short. Null when nothing does. */
  readonly found: string | null;
  readonly allowed: string | null;
}

export type ParsedBlueprint =
  | { readonly ok: true; readonly blueprint: Blueprint }
  /** In the order of the file; never empty. */
  | { readonly ok: false; readonly problems: readonly BlueprintProblem[] };

/** A blueprint is a page, not a book. */
const MAX_BYTES = 64 * 1024;
/** More would hide the first. */
const MAX_PROBLEMS = 20;
const MAX_FOUND_LENGTH = 80;

/**
 * Reads a blueprint. Anything at all may be passed: what cannot be read or accepted is answered with problems, each with
 * its line, and nothing is thrown. The same file gives the same answer.
 */
export function parseBlueprint(text: string | Uint8Array, { path }: { path: string }): ParsedBlueprint {
  const source = readYaml(text, { maxBytes: MAX_BYTES });
  if (!source.ok) {
    const problems = source.problems.map((problem) => ({ path, field: '', found: null, allowed: null, ...problem }));
    return { ok: false, problems: problems.slice(0, MAX_PROBLEMS) };
  }
  const located = (findings: readonly Finding[]): ParsedBlueprint => ({
    ok: false,
    problems: findings
      .map((finding) => locate(finding, { path, source }))
      .toSorted((a, b) => a.line - b.line || a.column - b.column)
      .slice(0, MAX_PROBLEMS),
  });
  if (typeof source.value !== 'object' || source.value === null || Array.isArray(source.value)) {
    return located([{ field: [], message: EMPTY, found: null, allowed: 'version, services' }]);
  }
  const parsed = blueprintSchema.safeParse(source.value);
  if (!parsed.success) {
    return located(zodFindings(parsed.error, { value: source.value, schema: blueprintSchema }));
  }
  const blueprint = resolveBlueprint(parsed.data);
  const findings = findingsOf(blueprint);
  return findings.length > 0 ? located(withOrigins(findings, source.value)) : { ok: true, blueprint };
}

/** What does not fit together in a blueprint whose every part is right. */
export function findingsOf(blueprint: Blueprint): Finding[] {
  return [
    credentialFindings,
    dependencyFindings,
    exposureFindings,
    migrationFindings,
    templateFindings,
    workloadFindings,
  ].flatMap((check) => check(blueprint));
}

const EMPTY = 'the file holds no blueprint: it needs at least `version: 1` and a service';

/** What a service has from `defaults` is wrong there, and said once. */
function withOrigins(findings: readonly Finding[], value: unknown): Finding[] {
  const seen = new Set<string>();
  return findings
    .map((finding) => {
      const [group, , ...rest] = finding.field;
      const inherited = ['defaults', ...rest];
      const isInherited =
        (group === 'services' || group === 'tasks') &&
        rest.length > 0 &&
        valueAt(value, finding.field) === undefined &&
        valueAt(value, inherited) !== undefined;
      return isInherited ? { ...finding, field: inherited } : finding;
    })
    .filter(({ field, message }) => {
      const key = JSON.stringify([field, message]);
      return seen.has(key) ? false : seen.add(key);
    });
}

function locate(
  { field, message, found, allowed, atKey }: Finding,
  { path, source }: { path: string; source: Extract<YamlSource, { ok: true }> },
): BlueprintProblem {
  return {
    path,
    ...source.locate(field, atKey),
    field: field.join('.'),
    message,
    found: found === null || found.length <= MAX_FOUND_LENGTH ? found : `${found.slice(0, MAX_FOUND_LENGTH - 1)}…`,
    allowed,
  };
}

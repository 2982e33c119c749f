import type { Blueprint } from '../../config/blueprint/blueprint.ts';
import { type BlueprintProblem, findingsOf, parseBlueprint } from '../../config/blueprint/parse.ts';
import { boundBy } from '../../config/blueprint/untrusted/bound-by.ts';
import type { Finding } from '../../config/document/finding.ts';
import { quoted } from '../../domain/quoted.ts';
import type { BaseBlueprint, Resolution } from '../store.ts';

/** The texts that a commit's blueprint is read from. */
export type BlueprintTexts = Pick<Resolution, 'headSha' | 'blueprint' | 'base'>;

export type ReadBlueprint =
  | {
      readonly ok: true;
      readonly blueprint: Blueprint;
      /** What a fork's commit asked for and is not given, a sentence each. */
      readonly refusals: readonly string[];
    }
  | { readonly ok: false; readonly reason: string; readonly problems: readonly string[] };

/**
 * What a commit's blueprint says, within the rights of the base's where the commit is a fork's. Everything that acts on a
 * blueprint reads it here.
 */
export function blueprintOf({ headSha, blueprint, base }: BlueprintTexts, path: string): ReadBlueprint {
  const head = parsed(blueprint, { path, place: headSha.slice(0, 7), remedy: ' Add one: ten lines are enough.' });
  if (!head.ok || !base) {
    return head;
  }
  const rights = rightsOf(base, path);
  if (!rights.ok) {
    return rights;
  }
  const bounded = boundBy(rights.blueprint, head.blueprint, quoted(base.ref));
  const findings = findingsOf(bounded.blueprint);
  if (findings.length > 0 || Object.keys(bounded.blueprint.services).length === 0) {
    const left = findings.length > 0 ? findings.map(unfit) : ['none of its services can be run'];
    const why = `What a fork's commit is given of ${quoted(path)} does not stand by itself:`;
    return { ok: false, reason: 'BlueprintInvalid', problems: [why, ...left, ...bounded.refusals] };
  }
  return { ok: true, ...bounded };
}

/** A fork brings no blueprint of its own: nobody with write permission would have said what it may. */
function rightsOf({ ref, sha, blueprint }: BaseBlueprint, path: string): ReadBlueprint {
  const branch = `${quoted(ref)} (${sha.slice(0, 7)})`;
  const rights = parsed(blueprint, { path, place: branch, remedy: " A fork's commit has its rights from there." });
  return rights.ok
    ? rights
    : { ...rights, problems: [`A fork's commit has its rights from ${branch}:`, ...rights.problems] };
}

function parsed(
  text: string | null,
  { path, place, remedy }: { path: string; place: string; remedy: string },
): ReadBlueprint {
  if (text === null) {
    return { ok: false, reason: 'BlueprintMissing', problems: [`There is no \`${path}\` at ${place}.${remedy}`] };
  }
  const read = parseBlueprint(text, { path });
  return read.ok
    ? { ok: true, blueprint: read.blueprint, refusals: [] }
    : { ok: false, reason: 'BlueprintInvalid', problems: read.problems.map(sentenceOf) };
}

function unfit({ field, message }: Finding): string {
  return `${quoted(field.join('.'))}: ${message}`;
}

/** `.github/ephemeral.yml:12: `services.api.port`: must be a number (found `8o80`; allowed: 1 to 65535)`. */
function sentenceOf({ path, line, field, message, found, allowed }: BlueprintProblem): string {
  const where = `${path}:${line}${field === '' ? '' : `, ${quoted(field)}`}`;
  const facts = [
    ...(found === null ? [] : [`found ${quoted(found)}`]),
    ...(allowed === null ? [] : [`allowed: ${allowed}`]),
  ];
  return `${where}: ${message}${facts.length > 0 ? ` (${facts.join('; ')})` : ''}`;
}

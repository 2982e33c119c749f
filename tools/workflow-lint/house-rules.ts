import { type Document, isMap, isScalar, isSeq, type LineCounter, type Pair, type Scalar, visit } from 'yaml';
import type { Finding } from './finding.ts';

interface Source {
  readonly file: string;
  readonly text: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

/**
 * Names that somebody outside of the repository, or whoever starts the workflow, gives their values to. An expression is
 * put into a script before a shell reads it, so that a branch named `$(…)` runs: "Script injections", in
 * https://docs.github.com/en/actions/concepts/security/script-injections.
 */
const GIVEN_BY_OTHERS =
  /\$\{\{(?:(?!\}\}).)*?\b(github\.event\b(?!_)|github\.head_ref\b|github\.ref_name\b|inputs\b)/gs;

/**
 * A tag of an action moves when its owner, or a thief of the owner's account, moves it; a commit does not: "Using
 * third-party actions", in https://docs.github.com/en/actions/reference/security/secure-use. An image has its digest.
 */
const COMMIT = /^[\w.-]+\/[\w./-]+@[\da-f]{40}$/;
const IMAGE = /^docker:\/\/.+@sha256:[\da-f]{64}$/;
/** In an example, this project's own: whose copy of it, and so which commit, is the reader's to say. */
const OWN_RELEASE = /^your-organisation\/mayfly\/\.github\/workflows\/[\w.-]+\.ya?ml@v\d+\.\d+\.\d+$/;
const VERSION_COMMENT = /#\s*v?\d+\.\d+\.\d+/;

const TAKES_A_ROLE = /^aws-actions\/configure-aws-credentials@/;

/** What actionlint does not ask: least permissions, pinned actions, no foreign text in a script, and roles that can be had. */
export function houseFindings(source: Source): Finding[] {
  const found = [...permissionFindings(source), ...roleFindings(source)];
  visit(source.document, {
    Pair(_, pair) {
      const value = scalarText(pair);
      const key = isScalar(pair.key) ? pair.key.value : undefined;
      if (value === undefined) {
        return;
      }
      if (key === 'uses') {
        found.push(...pinFindings(source, value));
      } else if (key === 'run' || key === 'script') {
        found.push(...injectionFindings(source, value));
      }
    },
  });
  return found;
}

function scalarText(pair: Pair): (Scalar & { value: string }) | undefined {
  return isScalar(pair.value) && typeof pair.value.value === 'string'
    ? (pair.value as Scalar & { value: string })
    : undefined;
}

function at({ file, lines }: Source, offset: number, message: string): Finding {
  const { line, col } = lines.linePos(offset);
  return { file, line, column: col, message };
}

/** Without a word of its own a workflow gets what the repository's settings say, which may be everything. */
function permissionFindings(source: Source): Finding[] {
  const { contents } = source.document;
  const permissions = isMap(contents) ? contents.get('permissions') : undefined;
  if (permissions === undefined) {
    return [at(source, 0, 'say `permissions` at the top: `{}`, or the few that every job needs')];
  }
  return permissions === 'write-all' ? [at(source, 0, '`permissions: write-all` lets every step do everything')] : [];
}

/**
 * infra/modules/workflow-role trusts the jobs of one GitHub environment. A job that names none has another subject in its
 * token, and AWS refuses it: https://docs.github.com/en/actions/reference/security/oidc, "Example subject claims".
 */
function roleFindings(source: Source): Finding[] {
  const { contents } = source.document;
  const jobs = isMap(contents) ? contents.get('jobs') : undefined;
  return (isMap(jobs) ? jobs.items : []).flatMap(({ key, value: job }) => {
    const steps = isMap(job) ? job.get('steps') : undefined;
    const takesOne =
      isSeq(steps) && steps.items.some((step) => isMap(step) && TAKES_A_ROLE.test(String(step.get('uses'))));
    return takesOne && isMap(job) && !job.has('environment')
      ? [
          at(
            source,
            isScalar(key) ? (key.range?.[0] ?? 0) : 0,
            'name the `environment` that the role of this job trusts',
          ),
        ]
      : [];
  });
}

function pinFindings(source: Source, action: Scalar & { value: string }): Finding[] {
  const { value } = action;
  const [offset = 0, end = 0] = action.range ?? [];
  if (value.startsWith('./') || IMAGE.test(value) || OWN_RELEASE.test(value)) {
    return [];
  }
  if (!COMMIT.test(value)) {
    return [at(source, offset, `pin \`${value}\` to a whole commit: a tag can be moved`)];
  }
  const rest = source.text.slice(end).split('\n', 1)[0] ?? '';
  return VERSION_COMMENT.test(rest)
    ? []
    : [at(source, offset, `say which version \`${value}\` is, in a comment behind it: # v1.2.3`)];
}

function injectionFindings(source: Source, script: Scalar): Finding[] {
  const [start = 0, end = 0] = script.range ?? [];
  return [...source.text.slice(start, end).matchAll(GIVEN_BY_OTHERS)].map(({ index, 1: name }) =>
    at(
      source,
      start + index,
      `\`${name}\` becomes part of the script: hand it over in \`env\`, and quote the variable`,
    ),
  );
}

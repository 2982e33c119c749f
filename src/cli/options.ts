import { parseArgs } from 'node:util';
import { nearest } from '../domain/nearest.ts';
import { UsageError } from './exit-code.ts';

export type OptionKinds = Readonly<Record<string, 'string' | 'boolean'>>;
export interface Options {
  /** What stands behind `--name`; undefined where it is not given. */
  text(name: string): string | undefined;
  has(name: string): boolean;
  /** What stands beside the options. */
  readonly names: readonly string[];
}

/** Whatever could carry a secret is in the list of processes, for everybody on the machine to read. */
const SECRET = /^p$|pass|pwd|secret|key/i;

/** Reads what follows a command. Values are never repeated in what is thrown: any of them may be a secret gone astray. */
export function readOptions(
  args: readonly string[],
  kinds: OptionKinds,
  { mostNames = 0 }: { readonly mostNames?: number } = {},
): Options {
  const options = Object.fromEntries(Object.entries(kinds).map(([name, type]) => [name, { type }]));
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const values = new Map<string, string | true>();
  const problems = new Set<string>();
  const names: string[] = [];
  for (const token of tokens) {
    if (token.kind !== 'option') {
      names.push(token.kind === 'positional' ? token.value : '--');
      continue;
    }
    const problem = optionProblem(token, { kinds, isTwice: values.has(token.name) });
    if (problem !== undefined) {
      problems.add(problem);
    }
    values.set(token.name, token.value ?? true);
  }
  if (names.length > mostNames || names.includes('--')) {
    problems.add(`besides its options, the command takes ${mostNames === 0 ? 'nothing' : 'one name'}`);
  }
  if (problems.size > 0) {
    throw new UsageError([...problems]);
  }
  return {
    names,
    text: (name) => {
      const value = values.get(name);
      return typeof value === 'string' ? value : undefined;
    },
    has: (name) => values.has(name),
  };
}

interface Given {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function optionProblem(
  { name, rawName, value, inlineValue }: Given,
  { kinds, isTwice }: { kinds: OptionKinds; isTwice: boolean },
): string | undefined {
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (kind === undefined) {
    return unknownOption(rawName, { name, known: Object.keys(kinds) });
  }
  if (kind === 'boolean') {
    return value === undefined ? undefined : `--${name} takes no value`;
  }
  if (value === undefined || value === '' || (!inlineValue && value.startsWith('-'))) {
    return `--${name} needs a value`;
  }
  return isTwice ? `--${name} is given twice` : undefined;
}

function unknownOption(rawName: string, { name, known }: { name: string; known: readonly string[] }): string {
  if (SECRET.test(name)) {
    return (
      `${rawName} is no option, and no secret may be an argument: everybody on the machine could read it in the list of ` +
      'processes. MAYFLY_DATABASE_PASSWORD, MAYFLY_ANONYMISE_KEY and MAYFLY_PASSPORT_KEY are variables of the environment'
    );
  }
  const near = nearest(name, known);
  return `there is no option ${rawName}${near === undefined ? '' : `: did you mean --${near}?`}`;
}

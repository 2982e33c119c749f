import { DURATION_EXAMPLE, parseDuration } from './duration.ts';
import { proseLines } from './markdown-lines.ts';
import { nearest } from './nearest.ts';
import { quoted } from './quoted.ts';

export type Command =
  | { readonly name: 'help' | 'create' | 'status' | 'destroy' | 'redeploy' }
  | { readonly name: 'extend'; readonly seconds: number }
  /** The service as it was written, in lower case: nobody has checked yet that there is one. */
  | { readonly name: 'logs'; readonly service: string }
  | { readonly name: 'test'; readonly suite: string }
  | { readonly name: 'db'; readonly act: DatabaseAct }
  /** The word as it was written, null for none: what the commit should have been, only the pull request tells. */
  | { readonly name: 'approve'; readonly sha: string | null };

export type CommandName = Command['name'];

const DATABASE_ACTS = ['status', 'reset'] as const;
const KNOWN_ACTS = DATABASE_ACTS.map((act) => `\`${act}\``).join(' or ');
type DatabaseAct = (typeof DATABASE_ACTS)[number];

/** A line that was meant for Mayfly and cannot be followed. */
export interface CommandProblem {
  /** 1-based, in the comment. */
  readonly line: number;
  /** A phrase that says what is wrong, safe to repeat on a pull request. */
  readonly problem: string;
  /** A whole line that would have worked. */
  readonly example: string;
}

export interface ParsedComment {
  readonly commands: readonly Command[];
  readonly problems: readonly CommandProblem[];
}

/** Every command, with an example of it and what it does, in the order `help` shows them. */
export const COMMANDS: readonly { readonly name: CommandName; readonly example: string; readonly does: string }[] = [
  { name: 'create', example: '/ephemeral create', does: 'gives this pull request an environment' },
  { name: 'status', example: '/ephemeral status', does: 'says where it stands' },
  { name: 'extend', example: `/ephemeral extend ${DURATION_EXAMPLE}`, does: 'keeps it for longer: 12h, 3d, 1w2d' },
  { name: 'redeploy', example: '/ephemeral redeploy', does: 'deploys the same commit again' },
  { name: 'logs', example: '/ephemeral logs api', does: "shows the last lines of a service's log" },
  { name: 'test', example: '/ephemeral test smoke', does: 'runs a suite of tests against it' },
  { name: 'db', example: '/ephemeral db status', does: 'says what its database is a clone of, and who is connected' },
  {
    name: 'db',
    example: '/ephemeral db reset',
    does: 'replaces its database by a fresh clone: what was changed in it is lost',
  },
  {
    name: 'approve',
    example: '/ephemeral approve 6dcb09b5b57875f334f61aebed695e2e4193db5e',
    does: 'lets this one commit of a fork, or of a bot, run: whoever says so has read it',
  },
  { name: 'destroy', example: '/ephemeral destroy', does: 'removes it and everything in it' },
  { name: 'help', example: '/ephemeral help', does: 'shows this list' },
];

/** Nobody means more in one comment; whoever sends more is stopped here, not at AWS. */
const MAX_COMMANDS = 10;

/**
 * Reads the commands in a comment: lines that begin with `/ephemeral`, in any case, outside quotes, code and HTML
 * comments. A comment that says nothing to Mayfly gives two empty lists. Any text at all may be passed; nothing is thrown.
 */
export function parseCommands(body: string): ParsedComment {
  const commands: Command[] = [];
  const problems: CommandProblem[] = [];
  for (const { number, text } of proseLines(body)) {
    const words = /^ {0,3}\/ephemeral(?:\s+(.*))?$/i.exec(text);
    if (words === null) {
      continue;
    }
    if (commands.length + problems.length === MAX_COMMANDS) {
      problems.push({
        line: number,
        problem: `only the first ${MAX_COMMANDS} commands of a comment are read`,
        example: '/ephemeral help',
      });
      break;
    }
    const parsed = parseWords((words[1] ?? '').trim().split(/\s+/));
    if ('problem' in parsed) {
      problems.push({ line: number, ...parsed });
    } else {
      commands.push(parsed);
    }
  }
  return { commands, problems };
}

type Refusal = Omit<CommandProblem, 'line'>;

const BARE = ['help', 'create', 'status', 'destroy', 'redeploy'] as const;

function isBare(name: string): name is (typeof BARE)[number] {
  return BARE.some((bare) => bare === name);
}

/** `/ephemeral` alone asks for help. */
function parseWords([first = '', ...rest]: readonly string[]): Command | Refusal {
  const name = first === '' ? 'help' : first.toLowerCase();
  if (isBare(name)) {
    return rest.length === 0
      ? { name }
      : refusal(name, `\`${name}\` takes nothing more, and ${quoted(rest.join(' '))} follows it`);
  }
  switch (name) {
    case 'extend':
      return parseExtend(rest.join(' '));
    case 'logs':
      return parseNamed(rest, { name, of: 'the service', build: (service) => ({ name: 'logs', service }) });
    case 'test':
      return parseNamed(rest, { name, of: 'the suite', build: (suite) => ({ name: 'test', suite }) });
    case 'db':
      return parseDatabase(rest);
    case 'approve':
      return { name, sha: rest.length === 1 ? (rest[0] ?? null) : null };
    default:
      return unknown(first);
  }
}

function parseExtend(text: string): Command | Refusal {
  if (text === '') {
    return refusal('extend', '`extend` needs to know for how long');
  }
  const duration = parseDuration(text);
  return duration.ok ? { name: 'extend', seconds: duration.seconds } : refusal('extend', duration.problem);
}

function parseNamed(
  [word, ...rest]: readonly string[],
  wanted: { name: CommandName; of: string; build: (word: string) => Command },
): Command | Refusal {
  if (word === undefined) {
    return refusal(wanted.name, `\`${wanted.name}\` needs the name of ${wanted.of}`);
  }
  if (rest.length > 0) {
    return refusal(wanted.name, `\`${wanted.name}\` takes one name, and ${quoted(rest.join(' '))} follows it`);
  }
  return /^[a-z][a-z0-9-]{0,62}$/i.test(word)
    ? wanted.build(word.toLowerCase())
    : refusal(wanted.name, `${quoted(word)} cannot be the name of ${wanted.of}`);
}

function parseDatabase([word, ...rest]: readonly string[]): Command | Refusal {
  if (word === undefined) {
    return refusal('db', `\`db\` needs to know what is to be done: ${KNOWN_ACTS}`);
  }
  if (rest.length > 0) {
    return refusal('db', `\`db\` takes one word, and ${quoted(rest.join(' '))} follows it`);
  }
  const act = DATABASE_ACTS.find((known) => known === word.toLowerCase());
  return act === undefined
    ? refusal('db', `\`db\` can do nothing called ${quoted(word)}: ${KNOWN_ACTS}`)
    : { name: 'db', act };
}

function unknown(word: string): Refusal {
  const meant = nearest(
    word,
    COMMANDS.map(({ name }) => name),
  );
  const known = COMMANDS.find(({ name }) => name === meant);
  return known === undefined
    ? { problem: `there is no command ${quoted(word)}`, example: '/ephemeral help' }
    : { problem: `there is no command ${quoted(word)}: did you mean \`${known.name}\`?`, example: known.example };
}

function refusal(name: CommandName, problem: string): Refusal {
  return { problem, example: COMMANDS.find((command) => command.name === name)?.example ?? '/ephemeral help' };
}

import type { Command } from '../../domain/command.ts';
import type { ReleaseReason } from '../../domain/intent.ts';
import type { PullRequestFacts } from '../forge.ts';
import type { ReplyMessage, ReplyQuestion } from '../reply.ts';
import type { Ask, PullRequestSnapshot } from '../what-is-asked.ts';
import { type Fact, type HeardLetter, type Letter, type LetterOutcome, leftBy, type Petition } from './delivery.ts';
import { type StandingCommit, standingCommit } from './standing-commit.ts';

/** What was found out about a petition that is obeyed. */
export interface Circumstances {
  /** The pull request as it was read; only where the petition binds a commit that it does not name. */
  readonly pull: PullRequestFacts | undefined;
  /** What was heard to have happened after it was made, in that order. */
  readonly since: readonly HeardLetter[];
  /** Why the environment was let go since, where only its history tells so; undefined where it does not. */
  readonly overBy: ReleaseReason | undefined;
}

/** What a petition comes to: `messages` are said besides what the asks have to say. */
export interface Understood {
  readonly asks: readonly Ask[];
  readonly messages: readonly (ReplyMessage | ReplyQuestion)[];
  readonly outcome: LetterOutcome;
}

const BINDING: readonly Command['name'][] = ['create', 'redeploy', 'approve'];

/** Whether it is about a commit that has to be read, because a comment names none. */
export function bindsCommit(says: Petition): boolean {
  return says.kind === 'comment' && says.commands.some(({ name }) => BINDING.includes(name));
}

/**
 * Pure: what somebody who may is understood to ask for. However late it is read, what is left in the end is what would be
 * if everything had been read at once, in the order in which it happened: it is bound to the commit that stood then, and
 * what was heard since has its effect after it.
 */
export function understand(letter: Letter<Petition>, circumstances: Circumstances): Understood {
  const { says } = letter;
  switch (says.kind) {
    case 'label':
      return label(says, circumstances);
    case 'button':
      return button(says, circumstances);
    case 'comment':
      return comment({ ...letter, says }, circumstances);
  }
}

function label({ snapshot }: Extract<Petition, { kind: 'label' }>, { since, overBy }: Circumstances): Understood {
  if (releasedBy(since) ?? overBy) {
    return { asks: [], messages: [], outcome: 'overtaken' };
  }
  return { asks: [{ kind: 'want', snapshot }, ...followed(since)], messages: [], outcome: 'done' };
}

/** A press that arrives late destroys nothing that was asked for since, as no command does. */
function button({ ask }: Extract<Petition, { kind: 'button' }>, { since }: Circumstances): Understood {
  return ask.kind === 'release' && isWantedSince(since)
    ? { asks: [], messages: [], outcome: 'overtaken' }
    : { asks: [ask], messages: [], outcome: 'done' };
}

function comment(
  letter: Letter<Extract<Petition, { kind: 'comment' }>>,
  { pull, since, overBy }: Circumstances,
): Understood {
  const commit = standingCommit(letter, { pull, since });
  const { login, isBot } = letter.sender;
  const read = letter.says.commands.map((command) =>
    command.name === 'approve' && isBot ? notForBots(login) : understandCommand(command, { commit, since, overBy }),
  );
  return {
    asks: read.flatMap(({ asks }) => asks),
    messages: [...read.flatMap(({ messages }) => messages), ...letter.says.problems],
    outcome: 'done',
  };
}

type Read = Omit<Understood, 'outcome'>;
type Stood = Omit<Circumstances, 'pull'> & { readonly commit: StandingCommit };

function understandCommand(command: Command, stood: Stood): Read {
  switch (command.name) {
    case 'help':
      return { asks: [], messages: [{ kind: 'help' }] };
    case 'status':
      return { asks: [{ kind: 'look' }], messages: [{ kind: 'status' }] };
    case 'logs':
      return { asks: [], messages: [{ kind: 'logs', service: command.service }] };
    case 'extend':
      return { asks: [{ kind: 'extend', bySeconds: command.seconds }], messages: [] };
    case 'destroy':
      return destroy(stood);
    case 'create':
      return create(stood);
    case 'redeploy':
      return redeploy(stood);
    case 'approve':
      return approve(command, stood);
    case 'db':
      return command.act === 'status' ? { asks: [], messages: [{ kind: 'database-status' }] } : resetDatabase(stood);
    case 'test':
      return { asks: [{ kind: 'test', suite: command.suite, sha: null }], messages: [] };
  }
}

/** The environment begins at the commit that stood, and goes on following pushes as any other. */
function create({ commit, since, overBy }: Stood): Read {
  const line = '/ephemeral create';
  if (commit.kind === 'closed') {
    return closed(line);
  }
  const reason = releasedBy(since) ?? overBy;
  if (reason) {
    return { asks: [], messages: [{ kind: 'overtaken', line, reason }] };
  }
  switch (commit.kind) {
    case 'stands':
      return { asks: [{ kind: 'want', snapshot: commit.snapshot, commanded: true }], messages: [] };
    case 'moved':
      return {
        asks: [{ kind: 'want', snapshot: commit.snapshot, commanded: true }, ...followed(since)],
        messages: [],
      };
    case 'unsure':
      return { asks: [], messages: [{ kind: 'moved', line, meant: null, head: commit.now.headSha }] };
  }
}

/** Not what somebody asked for since, which this was never about. */
function destroy({ since }: Stood): Read {
  if (!isWantedSince(since)) {
    return { asks: [{ kind: 'release', reason: 'asked' }], messages: [] };
  }
  const problem = 'somebody asked for the environment again after this was written. Say it again if it is to go';
  return { asks: [], messages: [{ kind: 'problem', line: '/ephemeral destroy', problem, example: null }] };
}

/** The same commit again, or none: whatever was pushed since is deployed anyway. */
function redeploy({ commit }: Stood): Read {
  const line = '/ephemeral redeploy';
  switch (commit.kind) {
    case 'closed':
      return closed(line);
    case 'stands': {
      const { snapshot } = commit;
      return {
        asks: [news(snapshot), { kind: 'redeploy', sha: snapshot.headSha }],
        messages: [],
      };
    }
    case 'moved':
    case 'unsure': {
      const meant = commit.kind === 'moved' ? commit.snapshot.headSha : null;
      const { now: snapshot } = commit;
      return {
        asks: [news(snapshot)],
        messages: [{ kind: 'moved', line, meant, head: snapshot.headSha }],
      };
    }
  }
}

/** What was changed in another environment's database, which it had before, is lost already. */
function resetDatabase({ since, overBy }: Stood): Read {
  const reason = releasedBy(since) ?? overBy;
  return reason
    ? { asks: [], messages: [{ kind: 'overtaken', line: '/ephemeral db reset', reason }] }
    : { asks: [{ kind: 'reset-database' }], messages: [] };
}

/** It names its commit itself, which has to be the head now: what was pushed since was not read. */
function approve({ sha }: Extract<Command, { name: 'approve' }>, { commit }: Stood): Read {
  if (commit.kind === 'closed') {
    return closed('/ephemeral approve');
  }
  const snapshot = commit.kind === 'stands' ? commit.snapshot : commit.now;
  return { asks: [{ kind: 'approve', sha, snapshot }], messages: [] };
}

/** A bot that is listed may label and command. It has read nothing. */
function notForBots(login: string): Read {
  return { asks: [], messages: [{ kind: 'not-allowed', login, needed: 'write' }] };
}

/** Whoever asks for the same commit again has not said whose it is. */
function news(snapshot: PullRequestSnapshot): Ask {
  return { kind: 'follow', snapshot, push: { by: 'unknown' } };
}

function closed(line: string): Read {
  const problem = 'this pull request is closed, and only an open one has an environment. Reopen it first';
  return { asks: [], messages: [{ kind: 'problem', line, problem, example: null }] };
}

function isWantedSince(since: readonly HeardLetter[]): boolean {
  return since.some((later) => leftBy(later)?.wanted);
}

/** Why what was wanted before is wanted no longer; undefined when nobody let go of it. */
function releasedBy(since: readonly HeardLetter[]): ReleaseReason | undefined {
  const reasons = since.flatMap((later) => leftBy(later)?.reason ?? []);
  return reasons.at(-1);
}

/** The newest head that was heard of. */
function followed(since: readonly Letter[]): readonly Ask[] {
  const newest = since.findLast(
    (letter): letter is Letter<Extract<Fact, { kind: 'follow' }>> => letter.says.kind === 'follow',
  );
  return newest ? [newest.says.ask] : [];
}

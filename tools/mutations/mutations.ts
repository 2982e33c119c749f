export interface Mutation {
  /** Of the thirteen statements, the one that it breaks. */
  readonly statement: number;
  readonly file: string;
  /** Stands there once. */
  readonly text: string;
  readonly becomes: string;
  /** What is broken by it, in one sentence. */
  readonly breaks: string;
  /** Must fail. */
  readonly test: string;
}

const TESTS: Readonly<Record<number, string>> = {
  1: '01-no-aws-mutation-in-a-webhook-handler',
  2: '02-nothing-is-deleted-without-proof',
  3: '03-not-found-is-what-the-service-said',
  4: '04-teardown-beats-provisioning',
  5: '05-finished-when-all-was-seen-gone',
  6: '06-what-lost-its-record-or-its-pull-request-is-removed',
  7: '07-only-who-may-and-no-fork-unread',
  8: '08-acts-on-the-sha-that-stood',
  9: '09-green-only-when-the-head-is-served',
  10: '10-one-comment-edited-in-place',
  11: '11-the-quota-is-held-under-any-race',
  12: '12-expiry-is-an-absolute-instant',
  13: '13-no-secret-is-told',
};

function breaking(statement: number, mutation: Omit<Mutation, 'statement' | 'test'>): Mutation {
  return { statement, ...mutation, test: `test/invariants/${TESTS[statement]}.test.ts` };
}

export const MUTATIONS: readonly Mutation[] = [
  breaking(1, {
    file: 'src/github/handlers/pull-request.ts',
    text: 'await ports.intake.receive(delivery);',
    becomes: `await fetch('https://ecs.eu-west-1.amazonaws.com/', { method: 'POST' }).catch(() => undefined);
        await ports.intake.receive(delivery);`,
    breaks: 'A webhook handler calls AWS before it answers.',
  }),
  breaking(1, {
    file: 'src/reconcile/inbox/receive.ts',
    text: "import { applyAsks } from '../apply-asks.ts';",
    becomes: "import '../../provision/aws/errors.ts';\nimport { applyAsks } from '../apply-asks.ts';",
    breaks: 'The intake can reach the code that knows AWS.',
  }),
  breaking(2, {
    file: 'src/domain/tags.ts',
    text: 'Object.entries(wanted).every(([key, value]) => tags[key] === value)',
    becomes: 'Object.entries(wanted).some(([key, value]) => tags[key] === value)',
    breaks: 'One of the five tags is proof enough.',
  }),
  breaking(2, {
    file: 'src/provision/aws/ownership.ts',
    text: '    throw notOurs(what, environment);',
    becomes: '    return;',
    breaks: 'What is not proven ours is deleted all the same.',
  }),
  breaking(2, {
    file: 'src/provision/aws/log-group.ts',
    text: '    proveOurs({ what: `the log group ${name}`, tags: await tagsOf(logs, group.arn), environment });\n',
    becomes: '',
    breaks: 'One kind, the log group, is deleted by its name.',
  }),
  breaking(3, {
    file: 'src/provision/aws/errors.ts',
    text: 'const handler = asking.on?.[failure.kind];',
    becomes: "const handler = asking.on?.[failure.kind] ?? asking.on?.['not-found'];",
    breaks: 'Whatever a call meets where an absence is looked for counts as one.',
  }),
  breaking(3, {
    file: 'src/provision/aws/errors.ts',
    text: "return status !== undefined && status >= 500 ? 'unavailable' : 'unknown';",
    becomes: "return status !== undefined && status >= 500 ? 'unavailable' : 'not-found';",
    breaks: 'An answer that nobody knows counts as an absence.',
  }),
  breaking(3, {
    file: 'src/reconcile/graph/take-down.ts',
    text: "await ledger.note(key, { state: 'releasing', message: failure.message });",
    becomes: "await ledger.note(key, { state: 'gone', message: failure.message });",
    breaks: 'A deletion that failed strikes the resource off the books.',
  }),
  breaking(4, {
    file: 'src/reconcile/pass/confirm-intent.ts',
    text: 'if (signal.aborted || now?.generation !== record.intent.generation) {',
    becomes: 'if (signal.aborted || now === undefined) {',
    breaks: 'What is wanted is read again, and not looked at.',
  }),
  breaking(4, {
    file: 'src/reconcile/graph/attend.ts',
    text: '    await attending.confirmIntent();\n',
    becomes: '',
    breaks: 'What is wanted is not read again before a create.',
  }),
  breaking(5, {
    file: 'src/reconcile/graph/take-down.ts',
    text: "if (answer.state === 'absent') {",
    becomes: "if (answer.state === 'absent' || answer.underWay) {",
    breaks: 'A deletion that AWS has accepted counts as one that was seen.',
  }),
  breaking(5, {
    file: 'src/reconcile/graph/attend.ts',
    text: "      await ledger.note(key, { kind, name, spec, state: 'asked' });",
    becomes: '      await Promise.resolve();',
    breaks: 'What is asked for is written down only once it has answered.',
  }),
  breaking(5, {
    file: 'src/reconcile/report/report-of.ts',
    text: '.filter(({ kind }) => !OBSERVING_KINDS.includes(kind))',
    becomes: ".filter(({ kind }) => !OBSERVING_KINDS.includes(kind) && kind !== 'log-group')",
    breaks: 'The receipt leaves a kind out.',
  }),
  breaking(6, {
    file: 'src/domain/tags.ts',
    text: '    [TAG_KEYS.pullRequest]: String(environment.pullRequest.number),\n',
    becomes: '',
    breaks: 'The tags do not say of which pull request it is.',
  }),
  breaking(6, {
    file: 'src/reconcile/orphans/judge.ts',
    text: 'if (expiresAt.getTime() + graceSeconds * 1000 > now.getTime()) {',
    becomes: 'if (expiresAt.getTime() > 0) {',
    breaks: 'Nothing that is found by its tags is ever over.',
  }),
  breaking(6, {
    file: 'src/reconcile/orphans/orphan.ts',
    text: "    return 'no-record';",
    becomes: '    return undefined;',
    breaks: 'The sweep does not miss a record.',
  }),
  breaking(6, {
    file: 'src/reconcile/resync.ts',
    text: 'if (!facts?.open) {',
    becomes: 'if (facts && !facts.open) {',
    breaks: 'A pull request that is not there any more keeps its environment.',
  }),
  breaking(7, {
    file: 'src/reconcile/inbox/authorise.ts',
    text: "const needed = says.kind === 'label' ? whoMay.labelPermission : 'write';",
    becomes: "const needed = says.kind === 'label' ? whoMay.labelPermission : 'triage';",
    breaks: 'Whoever may triage may command.',
  }),
  breaking(7, {
    file: 'src/reconcile/inbox/authorise.ts',
    text: '? isAllowedBot(sender.login, whoMay)',
    becomes: '? true',
    breaks: 'Every bot is obeyed.',
  }),
  breaking(7, {
    file: 'src/domain/approval.ts',
    text: 'return sha === head.headSha && baseRef === head.baseRef;',
    becomes: 'return sha !== undefined && baseRef === head.baseRef;',
    breaks: 'The approval of one commit lets every other one run.',
  }),
  breaking(8, {
    file: 'src/reconcile/inbox/standing-commit.ts',
    text: 'return isQuiet || knownHead === now.headSha ?',
    becomes: 'return isQuiet || knownHead !== undefined ?',
    breaks: 'A command acts on the head that is found when it is read.',
  }),
  breaking(8, {
    file: 'src/reconcile/inbox/standing-commit.ts',
    text: 'const push = since.find(isPush);',
    becomes: 'const push = since.findLast(isPush);',
    breaks: 'A command that several pushes followed acts on the last but one.',
  }),
  breaking(8, {
    file: 'src/reconcile/ask.ts',
    text: 'return sha === headSha ? changeIntent(record, { redeploys: redeploys + 1 }) : record;',
    becomes: 'return sha === "" ? record : changeIntent(record, { redeploys: redeploys + 1 });',
    breaks: 'A redeploy of an old commit deploys the new one.',
  }),
  breaking(9, {
    file: 'src/github/report/words.ts',
    text: "return phase === 'ready' && servedSha === headSha;",
    becomes: "return phase === 'ready' && servedSha !== undefined && headSha !== '';",
    breaks: 'Green whichever commit is served.',
  }),
  breaking(9, {
    file: 'src/reconcile/pass/build.ts',
    text: '    servedSha: record.intent.headSha,\n',
    becomes: '    servedSha: record.servedSha ?? record.intent.headSha,\n',
    breaks: 'The commit that was served first counts as the one served for ever.',
  }),
  breaking(10, {
    file: 'src/github/publish/publishing.ts',
    text: 'return made.performed_via_github_app?.id === appId || made.user?.login === ownLogin;',
    becomes: 'return made.performed_via_github_app?.id === appId || ownLogin !== "";',
    breaks: 'A marker that somebody copied makes their comment ours.',
  }),
  breaking(10, {
    file: 'src/github/publish/own-comment.ts',
    text: 'const found = await findOwnComment(place, marker);',
    becomes: 'const found = (await Promise.resolve(undefined)) as { id: number } | undefined;',
    breaks: 'A comment whose id was forgotten is written a second time.',
  }),
  breaking(10, {
    file: 'src/provision/aws/errors.ts',
    text: ".replace(/\\s*\\(?Request ?ID: ?[\\w-]+\\)?/gi, '')",
    becomes: '',
    breaks: 'The same failure reads otherwise each time.',
  }),
  breaking(11, {
    file: 'src/reconcile/admission/contenders.ts',
    text: 'return place <= 0',
    becomes: 'return place <= 1',
    breaks: 'One more is let in than there are slots.',
  }),
  breaking(11, {
    file: 'src/reconcile/admission/admit.ts',
    text: `    const verdict = verdictOn(id, contenders, limit);
    if (!verdict.mayGo) {
      return { admitted: false, waiting: verdict.waiting };
    }`,
    becomes: `    const verdict = verdictOn(id, contenders, limit + contenders.length);
    if (!verdict.mayGo) {
      return { admitted: false, waiting: verdict.waiting };
    }`,
    breaks: 'Whether a slot is free is not asked again once AWS has answered.',
  }),
  breaking(11, {
    file: 'src/reconcile/admission/contenders.ts',
    text: "return record.admittedAt !== null || (record.intent.state === 'present' && claim !== undefined);",
    becomes: "return record.intent.state === 'present' && (record.admittedAt !== null || claim !== undefined);",
    breaks: 'One on its way out holds no slot any more.',
  }),
  breaking(12, {
    file: 'src/domain/ttl.ts',
    text: 'Math.min(wanted, cap)',
    becomes: 'wanted',
    breaks: 'Extends go past the cap.',
  }),
  breaking(12, {
    file: 'src/reconcile/expiry.ts',
    text: '    await forge.removeLabel(identity.pullRequest, installationId, label);',
    becomes: '    await Promise.resolve([forge, identity, installationId, label]);',
    breaks: 'Expiry leaves the label on.',
  }),
  breaking(12, {
    file: 'src/domain/ttl.ts',
    text: 'const WARNING_HOURS = [48, 24, 4] as const;',
    becomes: 'const WARNING_HOURS = [48, 4] as const;',
    breaks: 'Owners are not warned a day before.',
  }),
  breaking(13, {
    file: 'src/provision/aws/errors.ts',
    text: 'throw failureOf(doing, failure, asking.confidential === true ? undefined : error);',
    becomes: 'throw failureOf(doing, failure, error);',
    breaks: 'What AWS repeats of a request that holds a secret is told.',
  }),
  breaking(13, {
    file: 'src/telemetry/quiet-log.ts',
    text: 'words: words && !classified',
    becomes: 'words',
    breaks: 'The log has the words that an adapter had kept to itself.',
  }),
  breaking(13, {
    file: 'src/telemetry/redaction.ts',
    text: 'encodeURIComponent(part), base64Of(part)]',
    becomes: 'base64Of(part)]',
    breaks: 'A secret in an address is not found.',
  }),
];

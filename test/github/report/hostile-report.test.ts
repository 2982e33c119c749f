import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Window } from 'happy-dom';
import { marked } from 'marked';
import type { Phase } from '../../../src/domain/phase.ts';
import { renderCheck } from '../../../src/github/report/check.ts';
import { renderComment } from '../../../src/github/report/comment.ts';
import { renderReply } from '../../../src/github/report/reply.ts';
import { renderWarning } from '../../../src/github/report/warning.ts';
import type { ReplyMessage } from '../../../src/reconcile/reply.ts';
import type { EnvironmentReport } from '../../../src/reconcile/reporter.ts';
import { nasty } from '../../support/nasty.ts';
import { at, NOW, report, step, suite } from './report-fixture.ts';

const PHASES: readonly Phase[] = ['waiting', 'coming-up', 'updating', 'ready', 'failing', 'going', 'gone', 'refused'];
const { document } = new Window();

/** What a template of ours makes; scripts, pictures, frames, forms and styles are not among it. */
const OURS = new Set(
  'P H3 STRONG EM CODE PRE TABLE THEAD TBODY TR TH TD DETAILS SUMMARY UL OL LI A BR HR DEL BLOCKQUOTE'.split(' '),
);

interface Page {
  readonly strangers: readonly string[];
  readonly links: readonly string[];
  readonly words: string;
  /** Comments of HTML, by which Mayfly finds its own again. */
  readonly hidden: number;
}

/** What a reader's browser would make of it: elements that are none of ours, where links lead, and the words outside of code. */
function read(markdown: string): Page {
  const body = document.createElement('div');
  body.innerHTML = marked.parse(markdown, { gfm: true, async: false });
  const elements = [...body.querySelectorAll('*')];
  const strangers = elements
    .filter(
      ({ tagName, attributes }) => !OURS.has(tagName) || [...attributes].some(({ name }) => /^on|style/.test(name)),
    )
    .map(({ outerHTML }) => outerHTML);
  const links = elements.flatMap((each) => (each.tagName === 'A' ? [each.getAttribute('href') ?? ''] : []));
  for (const code of body.querySelectorAll('code, pre')) {
    code.remove();
  }
  const hidden = body.innerHTML.match(/<!--/g)?.length ?? 0;
  return { strangers, links, words: body.textContent, hidden };
}

/** A report in which every string that somebody else wrote is the worst it can be. */
function hostileReport(text: string, phase: Phase): EnvironmentReport {
  return report({
    phase,
    label: text,
    owner: text,
    baseRef: text,
    releaseReason: phase === 'gone' ? 'merged' : null,
    services: [
      { name: text, urls: [], state: 'failing', image: { tag: text, origin: 'head' } },
      { name: 'api', urls: ['https://api.pr-7.example.gov.uk'], state: 'ready', image: null },
    ],
    database: { source: text, passport: true, capacity: text, endpoint: text },
    migrations: {
      preflight: { relation: 'behind', isBehind: true, text },
      difference: {
        sha: text,
        count: 2,
        changes: [
          { what: 'table', table: text, name: null, was: null, is: text },
          { what: 'column', table: text, name: text, was: text, is: text },
        ],
      },
    },
    conditions: [{ type: 'BlueprintValid', status: 'false', reason: 'Invalid', message: text, since: NOW }],
    steps: [step(text, { state: 'running', waitingFor: text }), step(text, { state: 'failed' })],
    failures: [
      { subject: text, reason: text, message: text, actor: 'author', details: [text, text], retriesAt: at('22:50:00') },
      { subject: text, reason: text, message: text, actor: 'operator', details: [], retriesAt: null },
    ],
    queue: {
      place: 2,
      limit: 10,
      shortage: null,
      lifeSeconds: 86_400,
      holders: [
        { pullRequest: 7, repository: text, title: text, owner: text, usedAt: NOW, expiresAt: NOW, leaving: false },
        { pullRequest: 8, repository: 'a/b', title: text, owner: text, usedAt: NOW, expiresAt: NOW, leaving: true },
      ],
    },
    shared: [text],
    receipt: [{ key: text, kind: text, name: text, askedAt: NOW, goneAt: NOW }],
    suites: [suite({ suite: text, askedBy: text, message: text, state: 'ended', conclusion: 'failure' })],
    warning: 24,
  });
}

function hostileMessages(text: string): ReplyMessage[] {
  return [
    { kind: 'problem', line: text, problem: text, example: text },
    { kind: 'no-environment', label: text },
    { kind: 'not-allowed', login: text, needed: text, label: text },
    { kind: 'status', text: [text, text] },
    { kind: 'logs', service: text, lines: [text, text] },
    { kind: 'logs', service: text, lines: [] },
    { kind: 'unknown-service', service: text, known: [text] },
    { kind: 'unknown-suite', suite: text, known: [text], meant: text },
    { kind: 'not-ready', suite: text, standing: [text] },
    { kind: 'test', suite: text, sha: 'a'.repeat(40), already: false, link: null },
  ];
}

const OWN_LINK = /^https:\/\/(api\.pr-7\.example\.gov\.uk|github\.com\/dvsa\/vol-app\/)/;
/** A number with `#` is a reference only where a template of ours wrote the number of a pull request or a run. */
const OWN_REFERENCE = /(\ba\/b)?#(7|8|812)\b/g;
const MENTION_OR_REFERENCE = /(^|[^\w/])@[a-z\d]|#\d|\bGH-\d/i;

function expectHarmless(markdown: string, markers: number): void {
  const { strangers, links, words, hidden } = read(markdown);
  expect(strangers).toEqual([]);
  expect(links.filter((href) => !OWN_LINK.test(href))).toEqual([]);
  expect(words.replace(OWN_REFERENCE, '')).not.toMatch(MENTION_OR_REFERENCE);
  expect(hidden).toBe(markers);
  expect(markdown.startsWith('<!-- mayfly:')).toBe(markers === 1);
}

/** Somebody whom GitHub can tell is told; anybody else's name is code. Its own tests say so. */
const noPerson = nasty().filter((text) => !/^[a-z\d][a-z\d-]*(\/[\w.-]+)?$/i.test(text));

describe('words of a pull request, of a service and of its logs', () => {
  it.each(PHASES)(
    'become nothing but words in the comment, the warning and the check of an environment: %s',
    (phase) => {
      fc.assert(
        fc.property(noPerson, (text) => {
          const hostile = hostileReport(text, phase);
          expectHarmless(renderComment(hostile), 1);
          const check = renderCheck(hostile, 'https://github.com/dvsa/vol-app/pull/1721');
          expectHarmless(check.summary, 0);
          expect(check.title).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
          expectHarmless(renderWarning(hostile, undefined)?.body ?? renderComment(hostile), 1);
        }),
        { numRuns: 60 },
      );
    },
  );

  it('become nothing but words in replies', () => {
    fc.assert(
      fc.property(noPerson, (text) => {
        for (const message of hostileMessages(text)) {
          expectHarmless(renderReply(99, [message]), 1);
        }
      }),
      { numRuns: 120 },
    );
  });
});

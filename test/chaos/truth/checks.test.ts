import { describe, expect, it } from '@jest/globals';
import type { Case } from '../../../sim/chaos/truth/case.ts';
import { checkBystanders } from '../../../sim/chaos/truth/checks/bystanders.ts';
import { checkCheckRuns } from '../../../sim/chaos/truth/checks/check-run.ts';
import { checkClones } from '../../../sim/chaos/truth/checks/clones.ts';
import { checkComments } from '../../../sim/chaos/truth/checks/comment.ts';
import { checkDeployments } from '../../../sim/chaos/truth/checks/deployments.ts';
import { checkDoubled } from '../../../sim/chaos/truth/checks/doubled.ts';
import { checkExpiry } from '../../../sim/chaos/truth/checks/expiry.ts';
import { checkOrphans } from '../../../sim/chaos/truth/checks/orphans.ts';
import { checkQuota } from '../../../sim/chaos/truth/checks/quota.ts';
import { checkReceipts } from '../../../sim/chaos/truth/checks/receipt.ts';
import { checkRecords } from '../../../sim/chaos/truth/checks/records.ts';
import { checkSecrets } from '../../../sim/chaos/truth/checks/secrets.ts';
import { checkTags } from '../../../sim/chaos/truth/checks/untagged.ts';
import { checkWantedResources } from '../../../sim/chaos/truth/checks/wanted-resources.ts';
import { STATEMENTS } from '../../../sim/chaos/truth/statements.ts';
import { type Violation, violationLine } from '../../../sim/chaos/truth/violation.ts';
import type { IssueEvent } from '../../../sim/github/entities/issue-event.ts';
import type { EnvironmentRecord, ResourceRecord } from '../../../src/reconcile/store.ts';
import {
  caseWith,
  checkRun,
  clone,
  cloning,
  comment,
  deployment,
  HEAD,
  pull,
  READY_COMMENT,
  TAGS,
  THINGS,
  task,
  thing,
} from './healthy-case.ts';

const FORMER = 'b'.repeat(40);
const removed = (receipt: string) => comment(`### ⚪ Environment \`pr-7\` was removed (closed)\n\n${receipt}`);
const record = (intent: Partial<EnvironmentRecord['intent']>, more: Partial<EnvironmentRecord> = {}) =>
  ({ intent, createdAt: new Date('2026-11-23T08:00:00Z'), goneAt: null, ...more }) as EnvironmentRecord;
const gone = { things: [], tasks: [], checks: [], deployments: [], wanted: 'absent' } as const;

const HOST = '.cluster-c1.eu-west-1.rds.amazonaws.com';
const shape = {
  services: [{ name: 'web', public: true, count: 1, ofHead: true }],
  tasks: [],
  database: true,
  users: 0,
  secrets: 0,
  parameters: 0,
};
const promised = [
  comment('/ephemeral db reset', { id: 20, viaApp: false, createdAt: new Date('2026-11-23T08:30:00Z') }),
  comment('<!-- mayfly:reply:20 -->\n\n🔄 A fresh clone of the source in service takes the place of the database.', {
    id: 21,
    createdAt: new Date('2026-11-23T08:30:05Z'),
  }),
];
const made = [cloning('one', '2026-11-23T08:00:00Z')];
const madeAnew = [...made, cloning('two', '2026-11-23T08:31:00Z')];

type Check = (one: Case) => readonly Violation[] | Promise<readonly Violation[]>;
type Changes = Parameters<typeof caseWith>[0];

/** Each check, with untruths planted into a healthy world and a part of the sentence that it answers them with. */
const PLANTED: readonly (readonly [string, Check, readonly (readonly [string, Changes, string])[]])[] = [
  [
    'the resources that are wanted',
    checkWantedResources,
    [
      ['a service is missing', { things: THINGS.filter(({ kind }) => kind !== 'service') }, 'it has 0 services'],
      ['a log group is left over', { things: [...THINGS, thing('log group', 'other')] }, 'it has 2 log groups'],
      ['a database nobody asked for', { things: [...THINGS, thing('DB cluster (clone)', 'x')] }, '1 database clusters'],
      ['nothing stands', { things: [] }, 'nothing of it stands, while 0 of 2 slots are taken'],
    ],
  ],
  [
    'what stands twice',
    checkDoubled,
    [
      [
        'two rules for one host',
        {
          things: [
            ...THINGS,
            thing('rule', 'nonprod-pr-7-web-443', { arn: 'x', detail: { matches: 'web.pr-7.example' } }),
          ],
        },
        'the rule for web.pr-7.example of nonprod-pr-7-web-443 stands 2 times',
      ],
      [
        'two clones',
        { things: [...THINGS, thing('DB cluster (clone)', 'one'), thing('DB cluster', 'two')] },
        'its database cluster stands 2 times: one, two',
      ],
    ],
  ],
  [
    'clones',
    checkClones,
    [
      [
        'the one before',
        { shape, clusters: [clone('one')], calls: madeAnew },
        'its clone is one, and the newest is two',
      ],
      [
        'a service that was told of another one',
        { shape, clusters: [clone('one')], calls: made, tasks: [task(HEAD, { DATABASE_HOST: `two${HOST}` })] },
        'DATABASE_HOST of web leads to two.cluster-c1',
      ],
      [
        'a fresh one was promised and not made',
        { shape, clusters: [clone('one')], calls: made, said: promised },
        'was promised at 2026-11-23T08:30:00.000Z, and none was made since',
      ],
    ],
  ],
  [
    'what was never ours',
    checkBystanders,
    [
      ['it is gone', { bystanders: [thing('target group', 'theirs', { tags: {} })] }, 'was never ours, and is gone'],
      [
        'its tags were changed',
        {
          everything: [thing('target group', 'theirs')],
          bystanders: [thing('target group', 'theirs', { tags: { Owner: 'them' } })],
        },
        'its tags were changed',
      ],
    ],
  ],
  [
    'what Mayfly remembers',
    checkRecords,
    [
      ['gone on record, there in fact', { record: record({}, { goneAt: new Date() }) }, '7 things of it stand'],
      [
        'a thing on no book',
        { record: record({ state: 'present' }) },
        'the service nonprod-pr-7-web stands, and is not',
      ],
    ],
  ],
  [
    'receipts',
    checkReceipts,
    [
      ['none', { ...gone, comments: [removed('')] }, 'shows no receipt'],
      [
        'not all seen gone',
        { ...gone, comments: [removed('Receipt: 3 of 4 resources seen gone')] },
        'has 3 of 4 seen gone',
      ],
      [
        'a thing that AWS was asked for is not on it',
        {
          ...gone,
          record: record({ state: 'absent' }),
          comments: [removed('Receipt: 1 of 1 resources seen gone\n| other |')],
          calls: [
            { operation: 'CreateRule', input: { Tags: Object.entries(TAGS).map(([Key, Value]) => ({ Key, Value })) } },
          ],
        },
        'AWS was asked to make nonprod-pr-7-web, which its receipt does not name',
      ],
    ],
  ],
  [
    'orphans',
    checkOrphans,
    [
      [
        'the pull request is closed',
        { wanted: 'absent', pull: pull({ state: 'closed' }) },
        'the pull request is closed',
      ],
      [
        'there is no such pull request',
        { everything: [...THINGS, thing('secret', 'lost', { tags: { ...TAGS, Environment: 'pr-99' } })] },
        'there is no such pull request',
      ],
    ],
  ],
  [
    'tags',
    checkTags,
    [
      [
        'one is missing',
        { things: [thing('secret', 'x', { tags: { ...TAGS, PullRequest: '' } })] },
        'has no PullRequest',
      ],
    ],
  ],
  [
    'check runs',
    checkCheckRuns,
    [
      ['green, and another commit runs', { tasks: [task(FORMER)] }, 'is green ("Ready"), and web runs registry'],
      ['green, and no task runs', { tasks: [] }, 'is green ("Ready"), and 0 of 1 tasks of web run'],
      ['green, and nothing stands', { ...gone, checks: [checkRun(HEAD, 'success')] }, 'and nothing of it stands'],
      ['served, and not green', { checks: [checkRun(HEAD, undefined)] }, 'its check run is in_progress'],
      ['served, and no check run', { checks: [] }, 'its check run is not there'],
      ['two of one commit', { checks: [checkRun(HEAD, 'success'), checkRun(HEAD, 'success')] }, 'has 2 check runs'],
      [
        'an earlier commit is green',
        { checks: [checkRun(HEAD, 'success'), checkRun(FORMER, 'success')] },
        'the check run of bbbbbbb, which is not the head, is success',
      ],
    ],
  ],
  [
    'deployments',
    checkDeployments,
    [
      [
        'two of one commit',
        { deployments: [deployment(HEAD, 'success'), deployment(HEAD, 'inactive')] },
        '2 deployments',
      ],
      ['an earlier commit is active', { deployments: [deployment(FORMER, 'success')] }, 'of bbbbbbb is active'],
      ['active, and not served', { tasks: [] }, 'of aaaaaaa is active'],
    ],
  ],
  [
    'the comment',
    checkComments,
    [
      ['none', { comments: [] }, 'it has no comment of ours'],
      ['two', { comments: [comment(READY_COMMENT), comment(READY_COMMENT)] }, 'it has 2 comments of ours'],
      ['ready, and another commit runs', { tasks: [task(FORMER)] }, 'is ready", and web runs'],
      [
        'ready, with another commit in words',
        { pull: pull({ head: { sha: FORMER } as never }) },
        'it serves aaaaaaa, and the head is bbbbbbb',
      ],
      ['a link that leads nowhere', { answers: 503 }, 'https://web.pr-7.example/ answers 503'],
      ['ready, and nothing is owed', { wanted: 'absent' }, 'nothing is owed'],
      ['removed, and things stand', { comments: [removed('')] }, '7 things of it stand'],
      ['removed, and wanted', { comments: [removed('')], things: [] }, 'it is wanted'],
      ['waiting for ever', { comments: [comment('### ⏳ Next in the queue')] }, '7 things of it stand'],
      [
        'on its way for ever',
        { comments: [comment('### 🟡 Environment `pr-7` is being made')] },
        'the world has settled',
      ],
      ['failing for ever', { comments: [comment('### 🔴 Environment `pr-7` is failing')] }, 'the world has settled'],
    ],
  ],
  [
    'the quota',
    checkQuota,
    [
      [
        'three at once',
        {
          everything: ['pr-1', 'pr-2', 'pr-3'].map((Environment) =>
            thing('service', Environment, { tags: { ...TAGS, Environment } }),
          ),
        },
        '3 environments hold something (pr-1, pr-2, pr-3), and 2 may',
      ],
    ],
  ],
  [
    'expiry',
    checkExpiry,
    [
      [
        'overdue',
        { things: [thing('service', 'x', { tags: { ...TAGS, TTL: '2026-11-23T08:00:00Z' } })] },
        'it expired 3600 s ago, and it stands',
      ],
      [
        'its label stays',
        { record: record({ state: 'absent', releaseReason: 'expired', expiresAt: new Date('2026-11-23T08:30:00Z') }) },
        'its label is still there',
      ],
      [
        'tags that tell another time',
        { record: record({ state: 'present', expiresAt: new Date('2026-12-01T09:00:00Z') }) },
        'expires 2026-11-30T09:00:00Z, and it expires 2026-12-01T09:00:00Z',
      ],
    ],
  ],
  [
    'secrets',
    checkSecrets,
    [
      ['in a comment', { comments: [comment('the-secret-of-the-webhook')] }, 'it tells a secret'],
      [
        'a password in the log',
        { calls: [{ input: { MasterUserPassword: 'correct-horse' } }], log: ['connected with correct-horse'] },
        'it tells a secret',
      ],
      [
        'a member of a secret in a row',
        {
          calls: [{ input: { SecretString: '{"host":"somewhere.example","password":"battery-staple"}' } }],
          rows: [{ name: 'x', message: 'refused battery-staple' } as ResourceRecord],
        },
        'it tells a secret',
      ],
      [
        'in a tag',
        { things: [thing('service', 'x', { tags: { Note: 'the-secret-of-the-webhook' } })] },
        'it tells a secret',
      ],
    ],
  ],
];

describe.each(PLANTED)('the check of %s', (_, check, plants) => {
  it('says nothing of a world in which all is well', async () => {
    expect(await check(caseWith())).toEqual([]);
  });

  it.each(plants)('reports it: %s', async (_plant, changes, sentence) => {
    const found = await check(caseWith(changes));
    expect(found.map(violationLine).join('\n')).toContain(sentence);
  });

  it('names its statement', async () => {
    const found = await Promise.all(plants.map(async ([, changes]) => await check(caseWith(changes))));
    expect(found.flat().every(({ statement, name }) => STATEMENTS[statement] === name)).toBe(true);
  });
});

describe('a fresh clone', () => {
  it('is there when it was made since, or was taken back for want of room', () => {
    const kept = comment('😕 There is no room. The database stays as it is.', {
      id: 22,
      createdAt: new Date('2026-11-23T08:32:00Z'),
    });
    const fresh = { shape, clusters: [clone('two')], calls: madeAnew, said: promised };
    const refused = { shape, clusters: [clone('one')], calls: made, said: [...promised, kept] };

    expect([fresh, refused].flatMap((changes) => checkClones(caseWith(changes)))).toEqual([]);
  });
});

describe('a label on an environment that has expired', () => {
  it('says nothing when somebody who may not has put it on since', () => {
    const expired = record({ state: 'absent', releaseReason: 'expired', expiresAt: new Date('2026-11-23T08:30:00Z') });
    const putOn = { event: 'labeled', label: { name: 'ephemeral' }, at: new Date('2026-11-23T08:40:00Z') };
    const labelled = pull({ events: [putOn as unknown as IssueEvent] });

    expect(checkExpiry(caseWith({ ...gone, record: expired, pull: labelled }))).toEqual([]);
  });
});

import type { EnvironmentReport, ServiceReport, StepReport, SuiteReport } from '../../../src/reconcile/reporter.ts';

export const HEAD = 'ec021a6482f1b0c7d3e95a48716cbd20ff93e1a7';
export const OLD_HEAD = '9f01c22b84d6a3957ee01c4d2f8ab6537190cd4e';
export const NOW = new Date('2026-11-22T22:40:00Z');

export function at(text: string): Date {
  return new Date(`2026-11-22T${text}Z`);
}

export function step(title: string, more: Partial<StepReport> = {}): StepReport {
  return {
    key: title,
    title,
    state: 'done',
    startedAt: at('22:30:00'),
    endedAt: at('22:31:00'),
    waitingFor: '',
    ...more,
  };
}

export function waitingStep(title: string, more: Partial<StepReport> = {}): StepReport {
  return step(title, { state: 'waiting', startedAt: null, endedAt: null, ...more });
}

/** A run of the suite `regression` against the head that has passed. */
export function suite(more: Partial<SuiteReport> = {}): SuiteReport {
  return {
    key: `suite/regression/${HEAD}/1`,
    life: 1,
    suite: 'regression',
    sha: HEAD,
    askedBy: 'alice',
    state: 'ended',
    conclusion: 'success',
    link: { id: 9812, number: 812, url: 'https://github.com/dvsa/vol-app/actions/runs/9812' },
    message: '',
    ...more,
  };
}

const SERVICES: readonly ServiceReport[] = [
  {
    name: 'selfserve',
    urls: ['https://ssweb.pr-1721.ephemeral.example.gov.uk'],
    state: 'ready',
    image: { tag: 'ec021a6', origin: 'head' },
  },
  {
    name: 'internal',
    urls: ['https://iuweb.pr-1721.ephemeral.example.gov.uk'],
    state: 'ready',
    image: { tag: '9f01c22', origin: 'base' },
  },
  { name: 'queue', urls: [], state: 'ready', image: { tag: 'redis:7', origin: 'external' } },
];

/** An environment that is ready, with whatever the test says differently. */
export function report(more: Partial<EnvironmentReport> = {}): EnvironmentReport {
  return {
    environment: {
      id: 'dvsa/vol-app#1721',
      pullRequest: { repository: 'dvsa/vol-app', number: 1721 },
      name: 'pr-1721',
    },
    installationId: 7,
    now: NOW,
    phase: 'ready',
    label: 'ephemeral',
    owners: [],
    owner: 'alice',
    headSha: HEAD,
    baseRef: 'main',
    servedSha: HEAD,
    createdAt: at('22:30:00'),
    readyAt: at('22:36:12'),
    expiresAt: new Date('2026-11-29T22:40:00Z'),
    goneAt: null,
    releaseReason: null,
    services: SERVICES,
    migrations: null,
    database: { source: 'vol-source-2026-11-20', passport: null, capacity: '0.5 to 2 ACU', endpoint: null },
    conditions: [],
    steps: [
      step('Clone of the database', { startedAt: at('22:30:00'), endedAt: at('22:35:28') }),
      step('Service selfserve', { startedAt: at('22:35:30'), endedAt: at('22:36:00') }),
    ],
    minutesLeft: null,
    failures: [],
    queue: null,
    refusals: [],
    shared: ['search index', 'documents bucket'],
    receipt: [],
    suites: [],
    warning: null,
    ...more,
  };
}

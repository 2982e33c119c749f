/** A pull request of dvsa/vol-app as it stood in the summer of 2026: number, first ten digits of the head, branch, areas. */
export interface VolPullRequest {
  readonly number: number;
  readonly head: string;
  readonly branch: string;
  readonly title: string;
  readonly author: string;
  readonly changes: readonly VolChange[];
}

/** The areas are real; the files in them are made up. `count` files are changed when it is given. */
export type VolChange = { readonly path: string; readonly count?: number };

export const volPeople = {
  developer: 'vol-developer',
  reviewer: 'vol-reviewer',
  outsider: 'vol-outsider',
  dependabot: 'dependabot[bot]',
  snyk: 'snyk-bot',
  actions: 'github-actions[bot]',
} as const;

const { developer, reviewer, dependabot, snyk, actions } = volPeople;

const api = 'app/api/module/Api/src/Domain/CommandHandler/Application/Submit.php';
const selfserve = 'app/selfserve/module/Olcs/src/Controller/IndexController.php';
const internal = 'app/internal/module/Olcs/src/Controller/IndexController.php';
const lib = 'lib/olcs-common/src/Common/Service/Data/Cases.php';
const terraform = 'infra/terraform/modules/service/ecs.tf';
const dockerCli = 'infra/docker/cli/Dockerfile';
/** Stands for the 384 entity classes of the Doctrine upgrade. */
const entityPath = 'app/api/module/Api/src/Entity/Entity.php';

export const volPullRequests: readonly VolPullRequest[] = [
  {
    number: 712,
    head: '6af772f697',
    branch: 'otc-letter-templates-html-editors-vol-5876',
    title: 'feat: HTML editors for OTC letter templates VOL-5876',
    author: developer,
    changes: [{ path: internal }],
  },
  {
    number: 874,
    head: '17b07731ca',
    branch: 'post-mvp-ephemeral-environment-rfcs',
    title: 'docs: RFCs for ephemeral environments',
    author: reviewer,
    changes: [
      { path: 'docs/rfc/rfc-009-ephemeral-environments.md' },
      { path: 'docs/rfc/rfc-010-ephemeral-environments-developer-experience.md' },
    ],
  },
  {
    number: 944,
    head: '1bb64b196c',
    branch: 'create-ecs-queue-processor-task',
    title: 'feat: run the queue processor on ECS',
    author: reviewer,
    changes: [{ path: api }, { path: dockerCli }, { path: terraform }, { path: '.github/workflows/docker.yaml' }],
  },
  {
    number: 1031,
    head: '0fa868addf',
    branch: 'feature/mock-govuk-signin-service',
    title: 'feat: mock of the GOV.UK sign-in service',
    author: developer,
    changes: [
      { path: 'app/mock-govuk-signin/server.js' },
      { path: 'infra/docker/mock-govuk-signin/Dockerfile' },
      { path: selfserve },
    ],
  },
  {
    number: 1252,
    head: '3c7a081e2d',
    branch: 'fix/last-tm-letter-null-pointer',
    title: 'fix: null pointer in the last TM letter',
    author: developer,
    changes: [{ path: api }],
  },
  {
    number: 1263,
    head: 'd7f7312645',
    branch: 'feature/download-remote-database',
    title: 'feat: download a remote database for local development',
    author: reviewer,
    changes: [{ path: 'packages/local-refresh/src/database.ts' }],
  },
  {
    number: 1281,
    head: 'ef69c28739',
    branch: 'fix/healthcheck-path',
    title: 'fix: health check path of the PDF converter',
    author: reviewer,
    changes: [{ path: terraform }],
  },
  {
    number: 1289,
    head: 'e3e47ac8f5',
    branch: 'snyk-upgrade-0a4009195b3622acf241d5f7d92785e9',
    title: 'fix: upgrade a dependency of the assets',
    author: snyk,
    changes: [{ path: 'app/cdn/package.json' }],
  },
  {
    number: 1364,
    head: '276830a6c7',
    // The end of the real name is not known.
    branch: 'dependabot/npm_and_yarn/root-dependencies-276830a6c7',
    title: 'chore(deps): bump the root-dependencies group',
    author: dependabot,
    changes: [{ path: 'package.json' }, { path: 'package-lock.json' }],
  },
  {
    number: 1501,
    head: 'ddb7621d9b',
    branch: 'localdev-improvements',
    title: 'chore: local development improvements',
    author: reviewer,
    changes: ['api', 'cli', 'internal', 'selfserve'].map((name) => ({ path: `infra/docker/${name}/Dockerfile` })),
  },
  {
    number: 1680,
    head: '36623cde98',
    branch: 'VOL-7438',
    title: 'fix: queue visibility timeout VOL-7438',
    author: developer,
    changes: [{ path: api }, { path: terraform }],
  },
  {
    number: 1692,
    head: '8f8b4b8338',
    branch: 'feat-vol7099-clear-cache-from-internal-app',
    title: 'feat: clear the cache from the internal app VOL-7099',
    author: developer,
    changes: [{ path: api }, { path: internal }, { path: lib }],
  },
  {
    number: 1705,
    head: '9bd9468950',
    branch: 'fix-vol-6118-filter-open-cases-bug',
    title: 'fix: filter of open cases VOL-6118',
    author: developer,
    changes: [{ path: lib }],
  },
  {
    number: 1711,
    head: 'd22d7b2dee',
    branch: 'release-please--branches--main',
    title: 'chore(main): release',
    author: actions,
    changes: [{ path: 'CHANGELOG.md' }],
  },
  {
    number: 1712,
    head: '87ce89b9df',
    branch: 'VOL-7502',
    title: 'fix: date shown on the case overview VOL-7502',
    author: developer,
    changes: [{ path: internal }],
  },
  {
    number: 1716,
    head: '211360f6d7',
    branch: 'VOL-7442',
    title: 'feat: operating centre conditions in self-service VOL-7442',
    author: developer,
    changes: [{ path: api }, { path: selfserve }],
  },
  {
    number: 1717,
    head: '220b6f3167',
    branch: '7490-sas-mi-extract',
    title: 'feat: SAS MI extract VOL-7490',
    author: reviewer,
    changes: [{ path: dockerCli }, { path: terraform }],
  },
  {
    number: 1721,
    head: 'ec021a6482',
    branch: 'feat-VOL-7070-doctrine-orm-3-upgrade',
    title: 'feat: Doctrine ORM 3 VOL-7070',
    author: developer,
    changes: [{ path: entityPath, count: 384 }, { path: lib }],
  },
  {
    number: 1728,
    head: '3724a3233d',
    branch: 'VOL-6637',
    title: 'feat: variation of licence authorisation VOL-6637',
    author: developer,
    changes: [{ path: api }, { path: selfserve }, { path: lib }],
  },
];

/** Commits on main, oldest first: between them they touch everything an image or the assets are built from. */
export const volMainCommits: readonly { readonly message: string; readonly changes: readonly VolChange[] }[] = [
  { message: 'chore(infra): log level as a PSR-3 string (#1676)', changes: [{ path: terraform }] },
  {
    message: 'feat: assets of the new header (#1688)',
    changes: [{ path: 'app/cdn/assets/header.css' }, { path: 'app/cdn/package.json' }],
  },
  { message: 'fix: address lookup in shared code (#1699)', changes: [{ path: lib }] },
  { message: 'fix: list of licences in self-service (#1703)', changes: [{ path: selfserve }] },
  { message: 'fix: task allocation in the internal app (#1707)', changes: [{ path: internal }] },
  { message: 'feat: CPMS hybrid gateway VOL-7496 (#1714)', changes: [{ path: api }, { path: entityPath, count: 384 }] },
];

export const volFirstFiles: readonly string[] = [
  'README.md',
  'CHANGELOG.md',
  'package.json',
  'package-lock.json',
  'docs/rfc/README.md',
  'packages/local-refresh/src/database.ts',
  'infra/docker/api/Dockerfile',
  'infra/docker/internal/Dockerfile',
  'infra/docker/selfserve/Dockerfile',
  'infra/terraform/modules/service/alb.tf',
  '.github/workflows/docker.yaml',
  dockerCli,
  terraform,
  api,
  selfserve,
  internal,
  lib,
];

/** The schema's repository, as small as one can be: the real one is called the same and holds hundreds of files. */
export const volChangelog: Readonly<Record<string, string>> = {
  'changesets/OLCS.xml': `<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog">
  <include file="9.1/address.xml" relativeToChangelogFile="true"/>
</databaseChangeLog>
`,
  'changesets/9.1/address.xml': `<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog">
  <changeSet id="VOL-1" author="octocat"><addColumn tableName="address"><column name="uprn" type="bigint"/></addColumn></changeSet>
</databaseChangeLog>
`,
};

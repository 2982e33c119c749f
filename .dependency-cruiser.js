const only = (name, { who, what }) => ({
  name,
  comment: 'composition roots build what they hand in',
  severity: 'error',
  from: { path: '^src', pathNot: who },
  to: { path: what },
});
const adapters = ['provision', 'github', 'store', 'data', 'changelog', 'api'];

export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-is-pure',
      comment: 'domain imports only itself, and a digest, which is a pure function',
      severity: 'error',
      from: { path: '^src/domain' },
      to: { pathNot: '^(src/domain|crypto$)' },
    },
    {
      name: 'config-knows-domain-only',
      severity: 'error',
      from: { path: '^src/config' },
      to: { path: '^src/', pathNot: '^src/(config|domain)' },
    },
    {
      name: 'reconcile-owns-its-interfaces',
      comment: 'reconcile imports domain and config only; adapters implement what it declares',
      severity: 'error',
      from: { path: '^src/reconcile' },
      to: { path: '^src/', pathNot: '^src/(reconcile|domain|config)' },
    },
    ...adapters.map((adapter) => ({
      name: `${adapter}-meets-no-adapter`,
      severity: 'error',
      from: { path: `^src/${adapter}/` },
      to: { path: `^src/(${adapters.filter((other) => other !== adapter).join('|')})/` },
    })),
    only('aws-sdk-only-in-provision', {
      who: '^src/(provision/aws/|main|mayfly|cli|reaper)',
      what: 'node_modules/@(aws-sdk|smithy)',
    }),
    only('octokit-only-in-github', { who: '^src/(github/|main|mayfly|cli)', what: 'node_modules/(@octokit|probot)' }),
    only('postgres-only-in-store', {
      who: '^src/(store/|main|mayfly|cli)',
      what: 'node_modules/(pg|pg-boss|kysely|@electric-sql)/',
    }),
    only('mysql-only-in-data', { who: '^src/(data/mysql/|cli)', what: 'node_modules/mysql2' }),
    only('xml-only-in-changelog', { who: '^src/(changelog/|main|mayfly)', what: 'node_modules/saxes/' }),
    { name: 'src-never-imports-sim', severity: 'error', from: { path: '^src' }, to: { path: '^(sim|test|tools)' } },
    { name: 'sim-never-imports-test', severity: 'error', from: { path: '^sim' }, to: { path: '^(test|tools)' } },
    { name: 'tools-never-import-test', severity: 'error', from: { path: '^tools' }, to: { path: '^test' } },
    {
      name: 'a-simulator-knows-nothing-of-mayfly',
      comment: 'only the composition roots of sim/ know the product; a simulator that imports it would agree with it',
      severity: 'error',
      from: { path: '^sim/(aws|github)/' },
      to: { path: '^src' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    parser: 'swc',
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};

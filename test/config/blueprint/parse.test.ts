import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type BlueprintProblem, parseBlueprint } from '../../../src/config/blueprint/parse.ts';

const path = '.github/ephemeral.yml';
const HEAD = 'version: 1\nservices:\n  api:\n    image: api\n    port: 80\n    host: api\n';

function problems(text: string | Uint8Array): readonly BlueprintProblem[] {
  const parsed = parseBlueprint(text, { path });
  return parsed.ok ? [] : parsed.problems;
}

describe('parseBlueprint', () => {
  it('says where, what was found, and what is allowed', () => {
    expect(problems(`${HEAD}    prot: 80\n`)).toEqual([
      {
        path,
        line: 7,
        column: 5,
        field: 'services.api.prot',
        message: 'there is no key `prot` here: did you mean `port`?',
        found: 'prot',
        allowed: expect.stringContaining('image, command, environment'),
      },
    ]);
  });

  it.each([
    { text: 'version: 2\nservices: { a: { image: a } }', line: 1, message: 'must be 1', found: '2' },
    { text: 'services: { a: { image: a } }', line: 1, message: '`version` is missing', found: null },
    { text: 'version: 1', line: 1, message: '`services` is missing', found: null },
    { text: 'version: 1\nservices: {}', line: 2, message: 'at least one service is needed', found: 'a block of keys' },
    { text: 'version: 1\nservices: []', line: 2, message: 'must be a block of keys', found: 'a list' },
    { text: 'version: 1\nservices:\n  api:\n    port: 80', line: 3, message: '`image` is missing', found: null },
    { text: 'version: 1\nservices:\n  api:', line: 3, message: 'must be a block of keys', found: 'nothing' },
    {
      text: 'version: 1\nservices:\n  API: { image: a }',
      line: 3,
      message: expect.stringContaining('a name is lower case'),
      found: 'API',
    },
    {
      text: `${HEAD}ttl: 3 fortnights`,
      line: 7,
      message: '`fortnights` is not a unit of time: use w, d, h or m',
      found: '3 fortnights',
    },
    { text: `${HEAD}ttl: 5m`, line: 7, message: 'must be between 3600 and 7776000 seconds', found: '5m' },
    { text: `${HEAD}    listeners: [443, web]`, line: 7, message: 'must be a number', found: 'web' },
    {
      text: `${HEAD}    healthCheck:\n      matcher: 2xx`,
      line: 8,
      message: expect.stringContaining('`2xx` is neither'),
      found: '2xx',
    },
    {
      text: `${HEAD}    healthCheck:\n      interval: 1s`,
      line: 8,
      message: 'must be between 5 and 300 seconds',
      found: '1s',
    },
    { text: `${HEAD}    architecture: arm64`, line: 7, message: 'must be X86_64, ARM64', found: 'arm64' },
    { text: `${HEAD}    sourceCidrs: [api]`, line: 7, message: 'must be a network such as 10.0.0.0/16', found: 'api' },
    {
      text: `${HEAD}    environment:\n      A: [1]`,
      line: 8,
      message: 'must be text or a number or true or false',
      found: 'a list',
    },
    {
      text: `${HEAD}    environment:\n      1A: x`,
      line: 8,
      message: expect.stringContaining('a variable is'),
      found: '1A',
    },
    {
      text: `${HEAD}    environment:\n      A: \${env.name`,
      line: 8,
      message: expect.stringContaining('is not closed'),
      found: '${env.name',
    },
    { text: `${HEAD}    count: 1.5`, line: 7, message: 'must be a whole number', found: '1.5' },
    { text: `${HEAD}    cpu: "256"`, line: 7, message: 'must be a number', found: '256' },
    { text: `${HEAD}    paths: ["lib/**"]`, line: 7, message: expect.stringContaining('without `*`'), found: 'lib/**' },
    {
      text: `${HEAD}images: { tag: "{shaa}" }`,
      line: 7,
      message: expect.stringContaining('`{shaa}` is unknown'),
      found: '{shaa}',
    },
    {
      text: `${HEAD}images: { registry: "https://x" }`,
      line: 7,
      message: expect.stringContaining('a registry is'),
      found: 'https://x',
    },
    { text: `${HEAD}database: true`, line: 7, message: 'must be false or a block of keys', found: 'true' },
    {
      text: `${HEAD}database: { nmae: x }`,
      line: 7,
      message: 'there is no key `nmae` here: did you mean `name`?',
      found: 'nmae',
    },
    {
      text: `${HEAD}database: { name: shop, migrations: { tool: rails, path: db } }`,
      line: 7,
      message: 'must be doctrine, flyway, liquibase',
      found: 'rails',
    },
    {
      text: `${HEAD}database: { name: shop, migrations: { tool: flyway, path: ../db } }`,
      line: 7,
      message: expect.stringContaining('without `*` and without `..`'),
      found: '../db',
    },
    {
      text: `${HEAD}database: { name: shop, migrations: { tool: flyway, path: db, repository: o/etl } }`,
      line: 7,
      message: '`repository` and `ref` go together',
      found: 'a block of keys',
    },
    {
      text: `${HEAD}database: { name: shop, migrations: { tool: flyway, path: db, contexts: dev } }`,
      line: 7,
      message: '`searchPath` and `contexts` are for a tool with a changelog',
      found: 'a block of keys',
    },
    {
      text: `${HEAD}tasks: { up: { image: a, phase: pre-deploy } }\nrefs: { etl: main }\ndatabase:\n  name: shop\n  migrations: { tool: liquibase, path: a.xml, repository: o/etl, ref: "\${pr.headRef}" }`,
      line: 11,
      message: 'migrations are read before anything is made: only what stands in `refs` is known then',
      found: '${pr.headRef}',
    },
    {
      text: `${HEAD}tasks: { up: { image: a, phase: pre-deploy } }\ndatabase:\n  migrations: { tool: flyway, path: db }`,
      line: 9,
      message: 'migrations are compared in one schema: name it in `database.name`',
      found: null,
    },
    {
      text: `${HEAD}database:\n  name: shop\n  migrations: { tool: flyway, path: db }`,
      line: 9,
      message: expect.stringContaining('before a task with `phase: pre-deploy` runs them, and there is none'),
      found: null,
    },
    {
      text: `${HEAD}database: { port: 3307, credentials: user }`,
      line: 7,
      message: 'a user of its own is given one schema: name it in `database.name`',
      found: 'user',
    },
    {
      text: `${HEAD}database:\n  credentials: user\n  name: ${'a_'.repeat(22)}`,
      line: 9,
      message: expect.stringContaining('too long for a user of its own'),
      found: 'a_'.repeat(22),
    },
    {
      text: `${HEAD}database: { capacity: { min: 0.3 } }`,
      line: 7,
      message: 'must be a multiple of 0.5',
      found: '0.3',
    },
    {
      text: `${HEAD}parameters:\n  - to: /x/`,
      line: 8,
      message: expect.stringContaining('must hold `${env.name}`'),
      found: '/x/',
    },
    {
      text: `${HEAD}parameters:\n  - { to: "/aws/\${env.name}" }`,
      line: 8,
      message: expect.stringContaining('AWS keeps'),
      found: '/aws/${env.name}',
    },
    {
      text: `${HEAD}parameters:\n  - { to: "/x/\${env.name}", set: { a: "" } }`,
      line: 8,
      message: 'a parameter cannot be empty',
      found: '',
    },
    {
      // The password of Mayfly's own database is in a secret of such a name, and Mayfly can read it.
      text: `${HEAD}secrets:\n  - { copy: "rds!db-1", to: "x-\${env.name}" }`,
      line: 8,
      message: expect.stringContaining('the name of a secret is'),
      found: 'rds!db-1',
    },
    { text: `${HEAD}secrets:\n  - { to: X }`, line: 8, message: expect.stringContaining('must hold'), found: 'X' },
    {
      text: `${HEAD}secrets:\n  - { to: "$\${env.name}" }`,
      line: 8,
      message: expect.stringContaining('is letters'),
      found: '$${env.name}',
    },
    {
      text: `${HEAD}tags: { ManagedBy: me }`,
      line: 7,
      message: 'is a tag that Mayfly writes itself',
      found: 'ManagedBy',
    },
    {
      text: `${HEAD}tags: { "aws:x": me }`,
      line: 7,
      message: expect.stringContaining('does not begin with `aws:`'),
      found: 'aws:x',
    },
    {
      text: `${HEAD}tasks:\n  t: { image: x, phase: later }`,
      line: 8,
      message: 'must be pre-deploy, post-deploy, on-demand',
      found: 'later',
    },
    { text: `${HEAD}owners: ["no one"]`, line: 7, message: expect.stringContaining('an owner is'), found: 'no one' },
    {
      text: `${HEAD}__proto__: { x: 1 }`,
      line: 7,
      message: expect.stringContaining('`__proto__`'),
      found: '__proto__',
    },
  ])('answers $found in line $line with $message', ({ text, line, message, found }) => {
    expect(problems(text)).toEqual([expect.objectContaining({ line, message, found })]);
  });

  it.each([
    { text: `${HEAD}    dependsOn: [apo]`, line: 7, message: 'there is no service `apo`: did you mean `api`?' },
    {
      text: `${HEAD}    dependsOn: [m]\ntasks:\n  m: { image: x, phase: post-deploy }`,
      line: 7,
      message: '`m` is a task that does not run before the services',
    },
    { text: `${HEAD}    dependsOn: [database]\ndatabase: false`, line: 7, message: 'there is no database to wait for' },
    { text: `${HEAD}    dependsOn: [api]`, line: 7, message: 'these services wait for each other: api → api' },
    {
      text: `${HEAD}    dependsOn: [b]\n  b:\n    image: b\n    dependsOn: [c]\n  c: { image: c, dependsOn: [b] }`,
      line: 10,
      message: 'these services wait for each other: b → c → b',
    },
    {
      text: `${HEAD}    environment: { A: "\${host.apo}" }`,
      line: 7,
      message: expect.stringContaining('did you mean `host.api`?'),
    },
    {
      text: `${HEAD}    command: [x, "\${db.nme}"]`,
      line: 7,
      message: expect.stringContaining('there is no `db.nme`'),
    },
    {
      text: `${HEAD}aliases:\n  db: \${db.endpoint}\ndatabase: false`,
      line: 8,
      message: expect.stringContaining('there is no `db.endpoint`'),
    },
    {
      text: `${HEAD}aliases:\n  x: \${image.tag}`,
      line: 8,
      message: expect.stringContaining('there is no `image.tag`'),
    },
    {
      text: `${HEAD}parameters:\n  - to: /x/\${env.name}/\${db.endpoint}/`,
      line: 8,
      message: expect.stringContaining('`db.endpoint` is not known yet when names and tags are made'),
    },
    {
      text: `${HEAD}images: { build: { workflow: b.yaml, inputs: { x: "\${image.api.tag}" } } }`,
      line: 7,
      message: expect.stringContaining('`image.api.tag` is not known yet'),
    },
    {
      text: `${HEAD}secrets:\n  - to: x-\${env.name}-\${image.api.tag}`,
      line: 8,
      message: expect.stringContaining('`image.api.tag` is not known yet'),
    },
    {
      text: `${HEAD}  b: { image: "b:\${image.api.tag}" }`,
      line: 7,
      message: expect.stringContaining('`image.api.tag` is not known yet'),
    },
    {
      text: `${HEAD}    environment: { A: "\${image.t.tag}" }\ntasks:\n  t: { image: t, phase: on-demand }`,
      line: 7,
      message: expect.stringContaining('there is no `image.t.tag`'),
    },
    {
      text: `${HEAD}    environment: { A: "\${service.api.address}" }`,
      line: 7,
      message: expect.stringContaining('there is no `service.api.address`'),
    },
    {
      text: `${HEAD}parameters:\n  - to: /x/\${env.name}/\n    set:\n      a: \${image.apu.tag}`,
      line: 10,
      message: expect.stringContaining('did you mean `image.api.tag`?'),
    },
    {
      text: `${HEAD}tasks:\n  t:\n    phase: pre-deploy\n    image: x:\${ref.etl}`,
      line: 10,
      message: expect.stringContaining('there is no `ref.etl`'),
    },
    { text: `${HEAD}  b: { image: b, port: 80, host: api }`, line: 7, message: '`api` already leads to `api`' },
    {
      text: 'version: 1\nservices:\n  a: { image: a, port: 1, apex: true }\n  b: { image: a, port: 1, apex: true }',
      line: 4,
      message: '`the apex` already leads to `a`',
    },
    {
      text: 'version: 1\nservices:\n  a: { image: a, host: a }',
      line: 3,
      message: 'has a host and no port: nothing would answer there',
    },
    { text: `${HEAD}    expose: internal`, line: 7, message: 'has a host and is `internal`' },
    {
      text: 'version: 1\nservices:\n  a: { image: a, expose: internal }',
      line: 3,
      message: 'is internal and has no port: nothing would answer',
    },
    {
      text: 'version: 1\nservices:\n  a: { image: a, port: 1, expose: public }',
      line: 3,
      message: 'is public and has no host',
    },
    {
      text: `${HEAD}    sourceCidrs: [10.0.0.0/8, 10.1.0.0/16, 10.2.0.0/16, 10.3.0.0/16, 10.4.0.0/16]`,
      line: 7,
      message: expect.stringContaining('has 5 networks'),
    },
    {
      text: `${HEAD}    healthCheck: { interval: 5s, timeout: 5s }`,
      line: 7,
      message: expect.stringContaining('takes longer'),
    },
    {
      text: `${HEAD}    cpu: 256\n    memory: 4096`,
      line: 8,
      message: expect.stringContaining('no size with 256 CPU units and 4096 MiB'),
    },
    {
      text: `${HEAD}defaults:\n  memory: 700`,
      line: 8,
      message: expect.stringContaining('no size with 256 CPU units and 700 MiB'),
    },
    {
      text: `${HEAD}    secrets: { A: "a:b:c" }`,
      line: 7,
      message: expect.stringContaining('neither a secret nor a parameter'),
    },
    {
      text: `${HEAD}    secrets: { A: x }\n    environment: { A: y }`,
      line: 7,
      message: '`A` is set under `environment` as well',
    },
    {
      text: `${HEAD}    sidecars:\n      api: { image: x }`,
      line: 8,
      message: "a sidecar cannot have its service's name",
    },
    {
      text: `${HEAD}tasks:\n  api: { image: x, phase: pre-deploy }`,
      line: 8,
      message: 'there is a service of this name',
    },
    {
      text: 'version: 1\nservices:\n  database: { image: x }',
      line: 3,
      message: '`database` is the clone, and cannot be a service',
    },
    { text: `${HEAD}smoke:\n  - { service: apo }`, line: 8, message: 'there is no such service' },
    {
      text: `${HEAD}  w: { image: w }\nsmoke:\n  - { service: w }`,
      line: 9,
      message: 'this service has no host to ask',
    },
    {
      text: `${HEAD}    sourceCidrs: [10.0.0.0/8]\nsmoke:\n  - { service: api }`,
      line: 9,
      message: 'this service answers only to its `sourceCidrs`, and Mayfly is not among them',
    },
    {
      text: `${HEAD}    count: 0\nsmoke:\n  - { service: api }`,
      line: 9,
      message: 'this service has no tasks to answer',
    },
    {
      text: `${HEAD}database: { capacity: { min: 4, max: 2 } }`,
      line: 7,
      message: 'the least capacity is more than the most',
    },
    {
      text: `${HEAD}secrets:\n  - { to: "\${env.name}" }\n  - { to: "\${env.name}" }`,
      line: 9,
      message: 'is written to twice',
    },
  ])('checks the parts against each other: line $line, $message', ({ text, line, message }) => {
    expect(problems(text)).toEqual([expect.objectContaining({ line, message })]);
  });

  it('points to the last line of a file that breaks off', () => {
    expect(problems('version: 1\nservices:\n  api: { image: "a')).toMatchObject([{ line: 3 }, { line: 3 }]);
  });

  it.each([
    { text: '', message: expect.stringContaining('holds no blueprint'), reason: 'an empty file' },
    { text: '# nothing', message: expect.stringContaining('holds no blueprint'), reason: 'only a comment' },
    { text: '- a', message: expect.stringContaining('holds no blueprint'), reason: 'a list' },
    { text: 'hello', message: expect.stringContaining('holds no blueprint'), reason: 'a word' },
    { text: 'version: 1\nversion: 1', message: 'this key is there twice', reason: 'a key twice' },
    { text: 'services:\n\tapi: 1', message: expect.stringMatching(/tab/i), reason: 'a tab' },
    {
      text: `version: 1\n---\nversion: 1`,
      message: expect.stringContaining('multiple documents'),
      reason: 'two documents',
    },
    {
      text: 'version: !!js/function "x"',
      message: expect.stringContaining('tag'),
      reason: 'a tag of another language',
    },
    { text: '? [a]\n: b', message: expect.any(String), reason: 'a key that is a list' },
    { text: `a: "${'x'.repeat(70_000)}"`, message: 'the file is larger than 64 KiB', reason: 'a huge file' },
    { text: `a: ${'['.repeat(30_000)}`, message: expect.stringContaining('nested'), reason: 'brackets without end' },
    { text: `a: ${'{a: '.repeat(10_000)}`, message: expect.stringContaining('nested'), reason: 'braces without end' },
    { text: '- '.repeat(30_000), message: expect.stringContaining('nested'), reason: 'a list in a list in a list' },
    { text: '? '.repeat(30_000), message: expect.any(String), reason: 'a key in a key in a key' },
    { text: 'a: *b', message: expect.any(String), reason: 'an alias of nothing' },
    { text: 'a: &a [*a]', message: expect.any(String), reason: 'an alias of itself' },
    {
      text: [
        'a: &a [x,x,x,x,x,x,x,x,x]',
        ...'bcdefgh'.split('').map((k, i) => `${k}: &${k} [${`*${'abcdefg'[i]},`.repeat(9)}]`),
      ].join('\n'),
      message: expect.stringContaining('aliases'),
      reason: 'aliases that multiply',
    },
    {
      text: Uint8Array.from([0x76, 0x3a, 0xff, 0xfe]),
      message: 'the file is not UTF-8 text',
      reason: 'another encoding',
    },
    {
      text: 'version: 1\n# caf\uFFFD',
      message: 'the file is not UTF-8 text',
      reason: 'what is left of another encoding',
    },
  ])('answers $reason with a problem', ({ text, message }) => {
    const [first] = problems(text);
    expect(first).toMatchObject({ path, message });
    expect(first?.line).toBeGreaterThan(0);
    expect(first?.column).toBeGreaterThan(0);
  });

  it('reports everything of one kind at once, in the order of the file', () => {
    expect(problems(`${HEAD}    prot: 1\n    cup: 2\nttl: x\nowner: []\n`).map(({ line }) => line)).toEqual([
      7, 8, 9, 10,
    ]);
  });

  it('stops at twenty', () => {
    const keys = Array.from({ length: 50 }, (_, index) => `    x${index}: 1\n`);
    expect(problems(`${HEAD}${keys.join('')}`)).toHaveLength(20);
  });

  it('shows no more than a line of what it found', () => {
    expect(problems(`${HEAD}ttl: ${'x'.repeat(500)}`)[0]?.found).toHaveLength(80);
  });

  it('finds lines through an alias', () => {
    expect(problems(`version: 1\nservices:\n  a: &a\n    image: a\n    cpu: x\n  b: *a\n`)).toMatchObject([
      { line: 5, field: 'services.a.cpu' },
      { line: 5, field: 'services.b.cpu' },
    ]);
  });

  it('keeps what is written where YAML would read a number', () => {
    const parsed = parseBlueprint(
      `${HEAD}    environment: { A: 1.10, B: 007, C: 8080, D: true, E: True, F: 0x1F, G: 1e3, H: "x" }`,
      { path },
    );
    expect(parsed.ok && parsed.blueprint.services['api']?.environment).toEqual({
      A: '1.10',
      B: '007',
      C: '8080',
      D: 'true',
      E: 'True',
      F: '0x1F',
      G: '1e3',
      H: 'x',
    });
  });

  it('lets a service replace a default of either kind', () => {
    const parsed = parseBlueprint(
      `${HEAD}    environment: { A: own }\n    secrets: { B: own }\ndefaults:\n  environment: { B: common, C: common }\n  secrets: { A: common, D: common }`,
      { path },
    );
    expect(parsed.ok && parsed.blueprint.services['api']).toMatchObject({
      environment: { A: 'own', C: 'common' },
      secrets: { B: 'own', D: 'common' },
    });
  });

  it('lets a service have no port where all have one', () => {
    const parsed = parseBlueprint(
      'version: 1\ndefaults: { port: 80 }\nservices:\n  w: { image: w, port: false }\n  a: { image: a }',
      { path },
    );
    expect(parsed.ok && parsed.blueprint.services).toMatchObject({
      w: { port: null, expose: 'none' },
      a: { port: 80, expose: 'internal' },
    });
  });

  const junk = fc.oneof(
    fc.constantFrom(
      'version: 1',
      'services:',
      '  api:',
      '    image: a',
      '    port: ',
      '- ',
      '*a',
      '&a',
      '{',
      '}',
      '[',
      '|',
      '>',
      '? ',
      ': ',
      '!!x',
      '${',
      '\t',
      '"',
      "'",
      '#',
      '---',
      '<<: ',
    ),
    fc.string({ unit: 'binary', maxLength: 10 }),
  );

  it('answers any text at all with a blueprint or with problems', () => {
    fc.assert(
      fc.property(fc.array(junk, { maxLength: 20 }), fc.constantFrom('', ' ', '\n'), (parts, between) => {
        const parsed = parseBlueprint(parts.join(between), { path });
        expect(parsed.ok || parsed.problems.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('answers a change anywhere in a good file with a blueprint or with problems that have a line', () => {
    fc.assert(
      fc.property(fc.nat(HEAD.length), junk, (at, insertion) => {
        for (const { line, column } of problems(HEAD.slice(0, at) + insertion + HEAD.slice(at))) {
          expect(Math.min(line, column)).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });
});

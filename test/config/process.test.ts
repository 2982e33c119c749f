import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../src/config/config-error.ts';
import { CONFIG_VARIABLES, parseConfig } from '../../src/config/process.ts';

const pem = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
}).privateKey;

const least = {
  APP_ID: '123',
  PRIVATE_KEY: pem,
  WEBHOOK_SECRET: 'a secret of our own',
  AWS_REGION: 'eu-west-1',
  PLATFORM_FILE: 'platform.json',
};

function problemsOf(env: Record<string, string | undefined>): Record<string, string> {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) {
      return Object.fromEntries(error.problems.map(({ name, problem }) => [name, problem]));
    }
    throw error;
  }
  return {};
}

describe('parseConfig', () => {
  it('needs five variables, and has a default for the rest', () => {
    expect(parseConfig(least)).toEqual({
      github: { appId: 123, privateKey: pem.trim(), webhookSecret: 'a secret of our own', apiUrl: undefined },
      server: { host: '127.0.0.1', port: 3000 },
      store: { databaseUrl: undefined, passwordSecret: undefined, caFile: undefined, dataDir: '.mayfly' },
      aws: { region: 'eu-west-1', endpointUrl: undefined },
      platform: { file: 'platform.json' },
      triggerLabel: 'ephemeral',
      labelPermission: 'write',
      blueprintPath: '.github/ephemeral.yml',
      allowedBots: [],
      askLimits: { perUser: { asks: 20, seconds: 600 }, perRepository: { asks: 100, seconds: 600 } },
      role: 'all',
      workers: 4,
      sweep: { mode: 'on', graceSeconds: 1800 },
      logLevel: 'info',
    });
  });

  it.each([
    ['t'.repeat(31), 'is shorter than 32 characters: make up a long random one'],
    [`${'t'.repeat(32)} and more`, 'holds what no bearer token may: letters, digits and ._~+/- alone'],
    ['dots and \u00fcmlauts of thirty-two letters', 'holds what no bearer token may: letters, digits and ._~+/- alone'],
  ])('takes no token for its API that could be guessed or not be sent: %j', (API_TOKEN, problem) => {
    expect(problemsOf({ ...least, API_TOKEN })).toEqual({ API_TOKEN: problem });
  });

  it.each(['web', 'worker'])('wants a database server with the role %s, which by itself is half a Mayfly', (ROLE) => {
    expect(Object.keys(problemsOf({ ...least, ROLE }))).toEqual(['DATABASE_URL']);
    expect(problemsOf({ ...least, ROLE, DATABASE_URL: 'postgres://u:p@127.0.0.1:5432/mayfly' })).toEqual({});
  });

  it('takes no label with a comma, which GitHub would take for two when it lists what is labelled', () => {
    expect(problemsOf({ ...least, TRIGGER_LABEL: 'preview, please' })).toEqual({
      TRIGGER_LABEL: 'must not hold a comma, not `preview, please`',
    });
  });

  it('reads every variable', () => {
    const { PLATFORM_FILE: _, ...rest } = least;
    const config = parseConfig({
      ...rest,
      GITHUB_API_URL: 'http://127.0.0.1:4000',
      HOST: '0.0.0.0',
      PORT: '0',
      API_TOKEN: 't'.repeat(32),
      DATABASE_URL: 'postgres://u@127.0.0.1:5432/mayfly',
      DATABASE_SECRET: 'rds!db-1',
      DATABASE_CA_FILE: 'rds.pem',
      DATA_DIR: 'data',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      PLATFORM_PARAMETER: '/mayfly/platform',
      CLONE_CA_FILE: 'clones.pem',
      TRIGGER_LABEL: 'preview',
      LABEL_PERMISSION: 'triage',
      BLUEPRINT_PATH: 'ops/preview.yaml',
      BLUEPRINT_SCHEMA_URL: 'https://docs.example.gov.uk/ephemeral.schema.json',
      ALLOWED_BOTS: 'renovate[bot], , dependabot[bot]',
      ROLE: 'worker',
      WORKERS: '8',
      SWEEP: 'dry-run',
      SWEEP_GRACE_MINUTES: '60',
      LOG_LEVEL: 'warn',
    });
    expect(config).toMatchObject({
      github: { apiUrl: 'http://127.0.0.1:4000' },
      server: { host: '0.0.0.0', port: 0 },
      apiToken: 't'.repeat(32),
      store: {
        databaseUrl: 'postgres://u@127.0.0.1:5432/mayfly',
        passwordSecret: 'rds!db-1',
        caFile: 'rds.pem',
        dataDir: 'data',
      },
      aws: { endpointUrl: 'http://127.0.0.1:4566' },
      platform: { parameter: '/mayfly/platform' },
      cloneCaFile: 'clones.pem',
      triggerLabel: 'preview',
      labelPermission: 'triage',
      blueprintPath: 'ops/preview.yaml',
      schemaUrl: 'https://docs.example.gov.uk/ephemeral.schema.json',
      allowedBots: ['renovate[bot]', 'dependabot[bot]'],
      role: 'worker',
      workers: 8,
      sweep: { mode: 'dry-run', graceSeconds: 3600 },
      logLevel: 'warn',
    });
  });

  it.each([
    { reason: 'base64', key: Buffer.from(pem).toString('base64') },
    { reason: 'written line ends', key: pem.replaceAll('\n', '\\n') },
  ])('takes the private key in $reason', ({ key }) => {
    expect(parseConfig({ ...least, PRIVATE_KEY: key }).github.privateKey.trim()).toBe(pem.trim());
  });

  it('cannot be changed, at any depth', () => {
    const config = parseConfig(least);
    expect([config, config.github, config.allowedBots].every(Object.isFrozen)).toBe(true);
  });

  it('reports everything that is wrong at once', () => {
    expect(problemsOf({ PORT: '80a', ROLE: 'boss', AWS_ENDPOINT_URL: 'ftp://x', WORKERS: '0', LOG_LEVEL: '' })).toEqual(
      {
        APP_ID: 'is missing',
        PRIVATE_KEY: 'is missing: the PEM of the app, as it is or in base64',
        WEBHOOK_SECRET: 'is missing: without it anybody could send webhooks',
        AWS_REGION: 'is missing',
        PORT: 'must be a whole number from 0 to 65535, not `80a`',
        ROLE: 'must be all, web or worker, not `boss`',
        AWS_ENDPOINT_URL: 'must be an http or https URL, not `ftp://x`',
        WORKERS: 'must be a whole number from 1 to 100, not `0`',
        PLATFORM_PARAMETER: 'set this or PLATFORM_FILE, and neither is',
      },
    );
  });

  it.each(['development', 'Development', ' development '])(
    'refuses the webhook secret %j, which everybody knows',
    (secret) => {
      expect(problemsOf({ ...least, WEBHOOK_SECRET: secret })).toEqual({
        WEBHOOK_SECRET: 'is a secret that everybody knows: make one up',
      });
    },
  );

  it.each(['', '   ', undefined])('refuses the webhook secret %j, which is none', (secret) => {
    expect(problemsOf({ ...least, WEBHOOK_SECRET: secret })).toHaveProperty('WEBHOOK_SECRET');
  });

  it('refuses a webhook secret that can be guessed, and does not repeat it', () => {
    expect(problemsOf({ ...least, WEBHOOK_SECRET: 'fifteen letters' })).toEqual({
      WEBHOOK_SECRET: 'is shorter than 16 characters: make up a long random one',
    });
    expect(problemsOf({ ...least, WEBHOOK_SECRET: 'sixteen letters!' })).toEqual({});
  });

  it('refuses two platforms', () => {
    expect(problemsOf({ ...least, PLATFORM_PARAMETER: '/x' })).toEqual({
      PLATFORM_PARAMETER: 'set this or PLATFORM_FILE, and not both',
    });
  });

  it.each([
    {
      reason: 'a second password',
      env: { DATABASE_URL: 'postgres://u:p@h/d', DATABASE_SECRET: 's' },
      problems: { DATABASE_URL: 'must hold no password beside DATABASE_SECRET' },
    },
    {
      reason: 'a password of nobody',
      env: { DATABASE_URL: 'postgres://h/d', DATABASE_SECRET: 's' },
      problems: { DATABASE_URL: 'must name the user whose password DATABASE_SECRET holds' },
    },
    {
      reason: 'parameters that nobody would read',
      env: { DATABASE_URL: 'postgres://u:p@h/d?sslmode=disable', DATABASE_CA_FILE: 'rds.pem' },
      problems: { DATABASE_URL: 'must have nothing after a `?` beside DATABASE_CA_FILE' },
    },
    {
      reason: 'what is about a server without the server',
      env: { DATABASE_SECRET: 's', DATABASE_CA_FILE: 'rds.pem' },
      problems: {
        DATABASE_SECRET: 'is of no use without DATABASE_URL',
        DATABASE_CA_FILE: 'is of no use without DATABASE_URL',
      },
    },
  ])('refuses $reason', ({ env, problems }) => {
    expect(problemsOf({ ...least, ...env })).toEqual(problems);
  });

  it.each([
    { reason: 'a host that no name has', url: 'postgres://u@%00/d' },
    { reason: 'a host that stands for no text', url: 'postgres://u@h%E0%A4/d' },
    { reason: 'such a host behind the `?`', url: 'postgres://u@h/d?host=%00' },
    { reason: 'a host of blanks', url: 'postgres://u@%20/d' },
  ])('refuses a database URL with $reason', ({ url: DATABASE_URL }) => {
    expect(problemsOf({ ...least, DATABASE_URL })).toEqual({
      DATABASE_URL: 'must have a host name or an address as its host',
    });
  });

  it.each(['abc', '70000', '-1'])('refuses a database URL with the port %s behind the `?`', (port) => {
    expect(problemsOf({ ...least, DATABASE_URL: `postgres://u@h/d?port=${port}` })).toEqual({
      DATABASE_URL: 'must have a port from 0 to 65535',
    });
  });

  it.each([
    'postgres://u:p@db_1.internal:5432/d',
    'postgres://u@[::1]:5432/d',
    'postgres://u@m%C3%BCnchen/d',
    'postgres://u@%2Fvar%2Frun%2Fpostgresql/d',
    'postgres:///d?host=/var/run/postgresql&port=5433',
    'postgres:///d',
  ])('takes the database URL %s', (DATABASE_URL) => {
    expect(problemsOf({ ...least, DATABASE_URL })).toEqual({});
  });

  it('leaves the parameters of a database URL alone that nothing is given beside', () => {
    const DATABASE_URL = 'postgres://u:p@h/d?sslmode=verify-full';
    expect(parseConfig({ ...least, DATABASE_URL }).store.databaseUrl).toBe(DATABASE_URL);
  });

  it('repeats no secret in a message', () => {
    const secrets = {
      PRIVATE_KEY: 'hunter-one',
      WEBHOOK_SECRET: 'hunter2',
      API_TOKEN: 'hunter-four',
      // secretlint-disable-next-line @secretlint/secretlint-rule-database-connection-string -- made up
      DATABASE_URL: 'mysql://u:hunter3@h/d',
    };
    try {
      parseConfig({ ...least, ...secrets });
      throw new Error('accepted');
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      expect(String(error)).not.toContain('hunter');
      expect(JSON.stringify(error)).not.toContain('hunter');
      expect((error as ConfigError).problems.map(({ name }) => name)).toEqual(Object.keys(secrets));
    }
  });
});

describe('.env.example', () => {
  const text = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
  const entries = [...text.matchAll(/^(?<comment>.*)\n(?<off># )?(?<name>[A-Z_]+)=(?<value>.*)$/gm)].map(
    ({ groups = {} }) => ({
      name: groups['name'] ?? '',
      value: groups['value'] ?? '',
      isOff: groups['off'] !== undefined,
      comment: groups['comment'] ?? '',
    }),
  );
  /** What nobody needs and has no default: shown by an example. */
  const optional = [
    'GITHUB_API_URL',
    'DATABASE_URL',
    'DATABASE_SECRET',
    'DATABASE_CA_FILE',
    'AWS_ENDPOINT_URL',
    'PLATFORM_FILE',
    'CLONE_CA_FILE',
    'BLUEPRINT_SCHEMA_URL',
  ];
  const url = { DATABASE_URL: 'postgres://mayfly@db.example.gov.uk:5432/mayfly' };
  /** What goes without saying beside some: the URL of the same database. */
  const beside: Readonly<Record<string, object>> = { DATABASE_SECRET: url, DATABASE_CA_FILE: url };

  it('has every variable, in the order in which they are read, and no other', () => {
    const named = [...text.matchAll(/^(?:# ?)?([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(named).toEqual(CONFIG_VARIABLES);
    expect(entries.map(({ name }) => name)).toEqual(CONFIG_VARIABLES);
  });

  it('says of each what it is, in the line above', () => {
    const unexplained = entries.filter(
      ({ comment }) => !/^# .*[a-z].*[.:\]\w]$/.test(comment) || /^# [A-Z_]+=/.test(comment),
    );
    expect(unexplained).toEqual([]);
  });

  it('leaves in what has to be said, and nothing else', () => {
    const { PLATFORM_FILE: _, ...needed } = least;
    expect(entries.filter(({ isOff }) => !isOff).map(({ name }) => name)).toEqual([
      ...Object.keys(needed),
      'PLATFORM_PARAMETER',
    ]);
  });

  it('shows the default where there is one, and elsewhere a value that is taken', () => {
    const { PLATFORM_FILE: _, ...rest } = least;
    const base = { ...rest, PLATFORM_PARAMETER: '/mayfly/platform' };
    for (const { name, value } of entries.filter(({ isOff }) => isOff)) {
      const given = { ...(name === 'PLATFORM_FILE' ? rest : base), ...beside[name], [name]: value };
      const isDefault = isDeepStrictEqual(parseConfig(given), parseConfig(base));
      expect({ name, isDefault }).toEqual({ name, isDefault: !optional.includes(name) });
    }
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ENVIRONMENTS_PATH } from '../../src/api/environments-door.ts';
import { CONFIG_VARIABLES, parseConfig } from '../../src/config/process.ts';
import { HEALTH_PATH } from '../../src/github/server.ts';
import { WEBHOOK_PATH } from '../../src/mayfly/web.ts';

const read = (file: string) => readFileSync(new URL(`../../infra/modules/app/${file}`, import.meta.url), 'utf8');

/** The assignments at the beginning of a line whose left side is in upper case: those of the container's environment. */
function variablesIn(file: string): ReadonlySet<string> {
  return new Set([...read(file).matchAll(/(?:^|[{,])\s*([A-Z][A-Z_]+)\s*=/gm)].map(([, name = '']) => name));
}

/** What stands behind `name = ` among the module's locals. */
function local(file: string, name: string): string | undefined {
  return new RegExp(`^\\s*${name}\\s*=\\s*"?([^"\\n]+)"?$`, 'm').exec(read(file))?.[1];
}

/** What a task on Fargate has no use for: files of its own, and another AWS. */
const NOT_ON_FARGATE = ['DATA_DIR', 'AWS_ENDPOINT_URL', 'PLATFORM_FILE'];

describe('infra/modules/app', () => {
  it('sets every variable that Mayfly reads and a task can have, and no other', () => {
    const set = new Set([...variablesIn('environment.tf'), ...variablesIn('main.tf')]);

    expect([...set].filter((name) => !CONFIG_VARIABLES.includes(name))).toEqual([]);
    expect(CONFIG_VARIABLES.filter((name) => !set.has(name))).toEqual(NOT_ON_FARGATE);
  });

  it('lets through the paths that Mayfly serves', () => {
    expect(local('routing.tf', 'webhook_path')).toBe(WEBHOOK_PATH);
    expect(local('routing.tf', 'health_path')).toBe(HEALTH_PATH);
    expect(local('routing.tf', 'api_path')).toBe(ENVIRONMENTS_PATH);
  });

  it('makes a database URL that Mayfly takes beside a secret and certificates', () => {
    const url = /postgres:\/\/[^"]+/.exec(read('database.tf'))?.[0] ?? '';
    const store = { DATABASE_SECRET: 'rds!db-1', DATABASE_CA_FILE: '/etc/ssl/rds/global-bundle.pem' };
    const DATABASE_URL = url.replaceAll(/\$\{[^}]*\.port\}/g, '5432').replaceAll(/\$\{[^}]*\}/g, 'mayfly');

    expect(() => parseConfig({ ROLE: 'worker', DATABASE_URL, ...store })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('DATABASE') }),
    );
    expect(DATABASE_URL).toBe('postgres://mayfly@mayfly:5432/mayfly');
  });
});

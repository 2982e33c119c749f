import { Refusal } from '../wire/refusal.ts';

interface Engine {
  readonly defaultVersion: string;
  readonly port: number;
  /** Engine version -> family of its parameter groups. */
  family(version: string): string;
}

const engines: Readonly<Record<string, Engine>> = {
  'aurora-mysql': {
    defaultVersion: '8.0.mysql_aurora.3.08.2',
    port: 3306,
    family: (version) => `aurora-mysql${version.split('.').slice(0, 2).join('.')}`,
  },
  'aurora-postgresql': {
    defaultVersion: '16.6',
    port: 5432,
    family: (version) => `aurora-postgresql${version.split('.')[0]}`,
  },
};

/** Throws InvalidParameterValue for what is not an Aurora engine: the local cloud has no other clusters. */
export function engineNamed(name: string): Engine {
  const engine = engines[name];
  if (!engine) {
    throw new Refusal('InvalidParameterValue', `Invalid DB engine: ${name}`);
  }
  return engine;
}

/** `provisioned` is what Serverless v2 runs in; `serverless` is version 1, which is no more. */
export function checkEngineMode(mode: string | undefined): void {
  if (mode !== undefined && mode !== 'provisioned') {
    throw new Refusal('InvalidParameterValue', `The engine mode ${mode} you requested is currently unavailable.`);
  }
}

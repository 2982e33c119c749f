import { invalidCombination, invalidValue } from './refusals.ts';
import type { Engine } from './state.ts';

/** Version as callers name it -> as ElastiCache describes it. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html */
const VERSIONS: Readonly<Record<Engine, Readonly<Record<string, string>>>> = {
  redis: { '5.0.6': '5.0.6', '6.0': '6.0.5', '6.2': '6.2.6', '7.0': '7.0.7', '7.1': '7.1.0' },
  valkey: { '7.2': '7.2.6', '8.0': '8.0.1', '8.1': '8.1.0' },
};

const DEFAULTS: Readonly<Record<Engine, string>> = { redis: '7.1', valkey: '8.0' };

export const FAMILIES = ['redis5.0', 'redis6.x', 'redis7', 'valkey7', 'valkey8'] as const;

export function engineNamed(name = ''): Engine {
  if (name !== 'redis' && name !== 'valkey') {
    throw invalidValue(`Unsupported engine: ${name}. It must be redis or valkey.`);
  }
  return name;
}

/** `7.1.0` for `7.1`, `7.1.0` and, of the engine whose default it is, nothing. */
export function fullVersion(engine: Engine, asked: string = DEFAULTS[engine]): string {
  const versions = VERSIONS[engine];
  const found = versions[asked] ?? Object.values(versions).find((version) => version === asked);
  if (found === undefined) {
    throw invalidCombination(`Cannot find version ${asked} for ${engine}`);
  }
  return found;
}

/** `redis6.x` has its own form; the others are the major version. */
export function familyOf(engine: Engine, version: string): string {
  const [major = ''] = version.split('.');
  const suffixes: Readonly<Record<string, string>> = { redis5: 'redis5.0', redis6: 'redis6.x' };
  return suffixes[`${engine}${major}`] ?? `${engine}${major}`;
}

/** "You can upgrade [...] but you cannot downgrade"; from redis to valkey there is a way, and none back. */
export function refuseDowngrade(
  from: { engine: Engine; version: string },
  to: { engine: Engine; version: string },
): void {
  if (from.engine === 'valkey' && to.engine === 'redis') {
    throw invalidCombination('A cache of valkey cannot become one of redis');
  }
  const isOlder = from.engine === to.engine && compare(to.version, from.version) < 0;
  if (isOlder) {
    throw invalidCombination(`Cannot downgrade ${from.engine} from ${from.version} to ${to.version}`);
  }
}

function compare(one: string, other: string): number {
  const others = other.split('.').map(Number);
  const differences = one.split('.').map((part, index) => Number(part) - (others[index] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}

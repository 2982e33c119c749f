import { parse } from 'yaml';

/** What a blueprint asks for, as far as it can be counted. Read here, and not by the product's own parser. */
export interface Shape {
  readonly services: readonly ServiceShape[];
  /** One-off tasks that run with each environment. */
  readonly tasks: readonly string[];
  readonly database: boolean;
  /** Of its database: a secret each, beside the master's. */
  readonly users: number;
  readonly secrets: number;
  readonly parameters: number;
}

export interface ServiceShape {
  readonly name: string;
  readonly public: boolean;
  readonly count: number;
  /** Always built from the head: its image names no tag, and no paths say when it is touched. */
  readonly ofHead: boolean;
}

type Loose = Readonly<Record<string, unknown>>;

/** A world is looked at again and again, and its blueprints are few. */
const known = new Map<string, Shape | undefined>();

/** Undefined for a text that is no blueprint: then the pull request is owed nothing. */
export function shapeOf(text: string | undefined): Shape | undefined {
  if (text === undefined) {
    return undefined;
  }
  if (!known.has(text)) {
    known.set(text, readShape(text));
  }
  return known.get(text);
}

function readShape(text: string): Shape | undefined {
  const file = parsed(text);
  const { services, tasks, database, secrets, parameters, defaults } = looseOf(file);
  if (!file || Object.keys(looseOf(services)).length === 0) {
    return undefined;
  }
  const shared = looseOf(defaults);
  return {
    services: Object.entries(looseOf(services)).map(([name, one]) => serviceOf(name, { ...shared, ...looseOf(one) })),
    tasks: Object.entries(looseOf(tasks)).flatMap(([name, one]) =>
      looseOf(one)['phase'] === 'on-demand' ? [] : [name],
    ),
    database: database !== false,
    users: looseOf(database)['credentials'] === 'user' ? 1 : 0,
    secrets: Array.isArray(secrets) ? secrets.length : 0,
    parameters: Array.isArray(parameters) ? parameters.length : 0,
  };
}

function serviceOf(name: string, service: Loose): ServiceShape {
  const { expose, host, hosts, apex, count, image, paths } = service;
  const answers = host !== undefined || (Array.isArray(hosts) && hosts.length > 0) || apex === true;
  return {
    name,
    public: expose === 'public' || (expose === undefined && answers),
    count: typeof count === 'number' ? count : 1,
    ofHead: typeof image === 'string' && !/[:@]/.test(image) && paths === undefined,
  };
}

function parsed(text: string): Loose | undefined {
  try {
    return looseOf(parse(text));
  } catch {
    return undefined;
  }
}

function looseOf(value: unknown): Loose {
  return typeof value === 'object' && value !== null ? (value as Loose) : {};
}

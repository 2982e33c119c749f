/** Where a database is, and as whom to go there. */
export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  /** The path of a Unix socket that is used in place of host and port. */
  readonly socket: string | undefined;
  readonly user: string;
  /** The path of certificates in PEM: with it, the server is spoken to in TLS and has to have one that these sign. */
  readonly caFile: string | undefined;
  /** Undefined: none. */
  readonly password: string | undefined;
  readonly name: string;
}

export type ParsedAddress =
  | { readonly ok: true; readonly address: Omit<DatabaseAddress, 'socket' | 'caFile' | 'password'> }
  | { readonly ok: false; readonly problems: readonly string[] };

const DEFAULT_PORT = 3306;
const FORM = '--database is written as mysql://user@host:3306/name';

/** Reads `mysql://user@host:3306/name`. The text is repeated nowhere: somebody may have written a password into it. */
export function parseDatabaseAddress(text: string): ParsedAddress {
  if (!URL.canParse(text)) {
    return { ok: false, problems: [FORM] };
  }
  const url = new URL(text);
  const [user = '', host = '', name = ''] = [url.username, url.hostname, url.pathname.slice(1)].map(decoded);
  const missing = Object.entries({ user, host, database: name }).filter(([, part]) => part === '');
  const problems = [
    ...(url.protocol === 'mysql:' ? [] : [FORM]),
    ...(url.password === '' ? [] : [PASSWORD_IN_URL]),
    ...missing.map(([part]) => `--database names no ${part}`),
    ...(url.search + url.hash === '' ? [] : ['--database has something behind the name, which would not be heeded']),
  ];
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, address: { host, port: Number(url.port || DEFAULT_PORT), user, name } };
}

const PASSWORD_IN_URL =
  '--database holds a password, which everybody on the machine could read in the list of processes: ' +
  'take it out, give it as MAYFLY_DATABASE_PASSWORD, and change it, since it was there already';

function decoded(part: string): string | undefined {
  try {
    // An IPv6 address stands in brackets in a URL only.
    return decodeURIComponent(part).replace(/^\[(.*)\]$/, '$1');
  } catch {
    return undefined;
  }
}

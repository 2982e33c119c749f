import { readFile } from 'node:fs/promises';

/** A Postgres server, and how it is spoken to. */
export interface ServerAddress {
  /** Without parameters behind a `?` where one of the two below is given. */
  readonly databaseUrl: string;
  /** Asked anew for each connection, so that the password may change while the process runs. Without it, the URL's. */
  readonly password?: (() => Promise<string>) | undefined;
  /** PEM. With it connections are encrypted, and the server's certificate has to be of one of these and name its host. */
  readonly caFile?: string | undefined;
}

type Connection =
  | { readonly connectionString: string }
  | {
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly password: string | (() => Promise<string>);
      readonly database: string;
      readonly ssl?: { readonly ca: string };
    };

const POSTGRES_PORT = 5432;

/**
 * The same for both pools, of the query builder and of the job queue. A URL beside which something else is given is taken
 * apart: what node-postgres reads out of a connection string, an empty password too, takes the place of what stands
 * beside it.
 */
export async function connectionTo({ databaseUrl, password, caFile }: ServerAddress): Promise<Connection> {
  if (password === undefined && caFile === undefined) {
    return { connectionString: databaseUrl };
  }
  const url = new URL(databaseUrl);
  return {
    host: url.hostname.replace(/^\[(.+)\]$/, '$1'),
    port: url.port === '' ? POSTGRES_PORT : Number(url.port),
    user: decodeURIComponent(url.username),
    password: password ?? decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    ...(caFile === undefined ? {} : { ssl: { ca: await readCertificates(caFile) } }),
  };
}

async function readCertificates(path: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new Error(`reading the certificates of the database ${path}`, { cause: error });
  }
  // TLS would take it, and refuse every server.
  if (!text.includes('-----BEGIN CERTIFICATE-----')) {
    throw new Error(`there is no certificate in ${path}`);
  }
  return text;
}

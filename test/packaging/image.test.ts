import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { copied, isInContext, lastStage, ROOT, stageImage, stages } from './dockerfile.ts';
import { reachedFrom } from './imports.ts';

interface Locked {
  readonly dev?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly hasInstallScript?: boolean;
}

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};
const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> };
const ENTRIES = ['src/main.ts', 'src/health-check.ts', 'src/cli.ts'];

/** In the words of the Dockerfile's HEALTHCHECK. */
const command = JSON.parse(/CMD (.*)$/.exec(textOf('HEALTHCHECK')[0] ?? '')?.[1] ?? '[]') as string[];

let image: string;

beforeAll(() => {
  image = stageImage();
});
afterAll(() => rmSync(image, { recursive: true, force: true }));

function textOf(name: string): string[] {
  return lastStage()
    .filter((instruction) => instruction.name === name)
    .map(({ text }) => text);
}

describe('the image', () => {
  it('copies what is there, and the build is given all of that and no more', () => {
    const wanted = [...copied().map(([from]) => from), 'package-lock.json', '.npmrc'];
    expect(wanted.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(wanted.filter((path) => !isInContext(path))).toEqual([]);
    expect(['.env', '.git', 'node_modules', 'test', 'sim', 'data'].filter(isInContext)).toEqual([]);
  });

  it.each(ENTRIES)('holds every file that %s loads, and every package as one for production', (entry) => {
    const { files, packages, missing } = reachedFrom(entry, image);
    expect(missing).toEqual([]);
    expect(files).toContain(entry);
    expect(packages.filter((name) => !(name in manifest.dependencies))).toEqual([]);
  });

  it('installs no package for nothing', () => {
    const used = new Set(ENTRIES.flatMap((entry) => reachedFrom(entry, image).packages));
    expect(Object.keys(manifest.dependencies).filter((name) => !used.has(name))).toEqual([]);
  });

  it('needs no package that is built, or differs between processors: they are fetched once for all', () => {
    const shipped = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && dev !== true);
    expect(shipped.length).toBeGreaterThan(50);
    expect(shipped.filter(([, { os, cpu, hasInstallScript }]) => os ?? cpu ?? hasInstallScript)).toEqual([]);
  });

  it('stands on the Node that the tests run on, by its digest', () => {
    const images = stages().map(([from]) => /node:\S+/.exec(from?.text ?? '')?.[0] ?? '');
    expect(new Set(images).size).toBe(1);
    expect(images[0]).toMatch(/^node:[\d.]+-bookworm-slim@sha256:[\da-f]{64}$/);
    expect(images[0]).toContain(`node:${manifest.devDependencies['node']}-`);
  });

  it('runs as a user that is not root, and as no child of a shell', () => {
    expect(textOf('USER')).toEqual([expect.stringMatching(/^[1-9]\d+:[1-9]\d+$/)]);
    expect(JSON.parse(textOf('CMD')[0] ?? '')).toEqual(['node', 'src/main.ts']);
    expect(JSON.parse(textOf('ENTRYPOINT')[0] ?? '')).toEqual([]);
    expect(existsSync(join(image, 'src/main.ts'))).toBe(true);
  });

  it('has a home, which the AWS SDK cannot do without and a user of no passwd file does not have', () => {
    expect(textOf('ENV')[0]).toMatch(/(^| )HOME=\/\S+/);
  });

  it('writes to one folder, which is its own', () => {
    const [environment = ''] = textOf('ENV');
    const folder = /DATA_DIR=(\S+)/.exec(environment)?.[1];
    expect(textOf('VOLUME')).toEqual([folder]);
    const owner = textOf('USER')[0];
    expect(textOf('COPY')).toContainEqual(`--from=dependencies --chown=${owner} ${folder} ${folder}`);
  });
});

describe('what infra/modules/app takes for granted of the image', () => {
  const read = (file: string) => readFileSync(join(ROOT, 'infra/modules/app', file), 'utf8');
  const defaultOf = (variable: string) =>
    new RegExp(`variable "${variable}" \\{.*?default\\s*=\\s*"([^"]*)"`, 's').exec(read('variables.tf'))?.[1];

  it('its user, and the command of its health check', () => {
    expect(textOf('USER')).toEqual([defaultOf('user')]);
    expect(read('main.tf')).toContain(`"CMD", ${command.map((word) => JSON.stringify(word)).join(', ')}]`);
  });

  it('where the certificates of RDS are', () => {
    const wanted = defaultOf('database_ca_file') ?? '';
    const made = `/certificates/${basename(wanted)}`;
    expect(stages()[0]?.filter(({ name, text }) => name === 'RUN' && text.endsWith(` ${made}`))).toHaveLength(1);
    expect(textOf('COPY')).toContain(`--from=dependencies ${dirname(made)} ${dirname(wanted)}`);
  });
});

describe('the health check of the image', () => {
  let server: Server;
  let status: number;

  beforeAll(async () => {
    server = createServer(({ url }, response) => response.writeHead(url === '/healthz' ? status : 404).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => await new Promise((resolve) => server.close(resolve)));
  afterEach(() => server.closeAllConnections());

  async function exitCode(env: Readonly<Record<string, string>> = {}): Promise<number | null> {
    const [program = '', ...args] = command;
    expect(program).toBe('node');
    const { port } = server.address() as AddressInfo;
    const child = spawn(process.execPath, args, { cwd: image, env: { PORT: String(port), ...env }, stdio: 'ignore' });
    return await new Promise((resolve) => child.once('close', resolve));
  }

  it('passes while the server says that it works, wherever it listens', async () => {
    status = 200;
    expect(await Promise.all([exitCode(), exitCode({ HOST: '0.0.0.0' })])).toEqual([0, 0]);
  });

  it('fails when the server does not work, or is not there', async () => {
    status = 503;
    expect(await Promise.all([exitCode(), exitCode({ PORT: '1' })])).toEqual([1, 1]);
  });

  it('asks nothing of a worker, which has no server', async () => {
    expect(await exitCode({ PORT: '1', ROLE: 'worker' })).toBe(0);
  });
});

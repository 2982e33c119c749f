import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';

// Each starts a process, on a machine that may be busy.
jest.setTimeout(30_000);

const root = join(import.meta.dirname, '../..');
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mayfly-secrets-'));
  for (const file of ['.secretlintrc.json', '.gitignore']) {
    await copyFile(join(root, file), join(directory, file));
  }
});
afterEach(async () => await rm(directory, { recursive: true, force: true }));

async function plant(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(directory, path)), { recursive: true });
  await writeFile(join(directory, path), text);
}

/** What `npm run check:secrets` does, over another repository than this. */
async function check(): Promise<{ status: number | null; said: string }> {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const { status, stdout, stderr } = spawnSync('sh', ['-c', scripts['check:secrets'] ?? ''], {
    cwd: directory,
    encoding: 'utf8',
    // oxlint-disable-next-line node/no-process-env -- the shell has to find what npm would
    env: { PATH: [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter) },
  });
  return { status, said: `${stdout}${stderr}` };
}

/** In two parts, or the check would find it here. */
const TOKEN = ['ghp_', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('');

it.each([
  ['src/a.ts', `const token = '${TOKEN}';`],
  ['.github/workflows/a.yml', `env: { TOKEN: ${TOKEN} }`],
  ['docs/a.md', `postgres://mayfly:${'hunter2'}hunter2@db.example.com/mayfly`],
  [
    'key.pem',
    ['-----BEGIN RSA', ` PRIVATE KEY-----\n${'MIIEpAIBAAKCAQEA'.repeat(20)}\n-----END RSA PRIVATE KEY-----`].join(''),
  ],
])('a credential in %s is found, and not shown', async (path, text) => {
  await plant(path, text);
  const { status, said } = await check();
  expect(status).toBe(1);
  expect(said).toContain(path);
  expect(said).not.toMatch(/wWPw5k4a|hunter2|MIIEpAIB/);
});

it('what git ignores may hold one, and the rest is clean', async () => {
  await plant('.env', `TOKEN=${TOKEN}`);
  await plant('src/a.ts', 'export const nothing = 0;');
  expect(await check()).toEqual({ status: 0, said: '' });
});

import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Instruction {
  readonly name: string;
  /** Everything after the name, continued lines joined. */
  readonly text: string;
}

/** The Dockerfile's stages, each beginning with its FROM. */
export function stages(): Instruction[][] {
  const lines = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
  const instructions = lines.map((line) => {
    const [name = '', ...rest] = line.split(' ');
    return { name, text: rest.join(' ') };
  });
  const starts = instructions.flatMap(({ name }, index) => (name === 'FROM' ? [index] : []));
  return starts.map((start, index) => instructions.slice(start, starts[index + 1]));
}

export function lastStage(): Instruction[] {
  return stages().at(-1) ?? [];
}

/** What the image gets out of the repository, as [from, to]; relative to the repository and to the image's work folder. */
export function copied(): [from: string, to: string][] {
  return lastStage()
    .filter(({ name, text }) => name === 'COPY' && !text.includes('--from='))
    .flatMap(({ text }) => {
      const parts = text.split(' ').filter((part) => !part.startsWith('--'));
      const to = parts.at(-1) ?? '';
      return parts.slice(0, -1).map((from): [string, string] => [from, to.endsWith('/') ? join(to, from) : to]);
    });
}

/** Whether the build is given a path at all: `.dockerignore` leaves out everything but what it names. */
export function isInContext(path: string): boolean {
  const kept = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
  return kept.includes('*') && kept.some((line) => line.startsWith('!') && `${path}/`.startsWith(`${line.slice(1)}/`));
}

/** A folder with what the image's work folder has, packages excepted. */
export function stageImage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mayfly-image-'));
  for (const [from, to] of copied()) {
    if (existsSync(join(ROOT, from))) {
      mkdirSync(dirname(join(folder, to)), { recursive: true });
      cpSync(join(ROOT, from), join(folder, to), { recursive: true });
    }
  }
  return folder;
}

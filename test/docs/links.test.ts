import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { CONFIG_VARIABLES } from '../../src/config/process.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
].sort();

/** Words of the code in capitals: constants, and variables of tools and of AWS. */
const constants = new Set(
  ['src', 'sim', 'tools'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => matches(read(join(folder, name)), /\b([A-Z][A-Z\d]*(?:_[A-Z\d]+)+)\b/g)),
  ),
);

const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, group = '']) => group);
}

function withoutFences(text: string): string {
  return text.replace(/^```.*?^```/gms, '');
}

/** As GitHub makes the anchor of a heading. */
function anchorsOf(text: string): string[] {
  return matches(withoutFences(text), /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Links inside the repository that lead nowhere. */
function deadLinks(document: string): string[] {
  const text = read(document);
  const links = matches(withoutFences(text), /\]\(([^)\s]+)\)/g).filter((link) => !/^[a-z]+:/.test(link));
  return links.filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? document : join(dirname(document), path);
    return !existsSync(join(ROOT, target)) || (anchor !== undefined && !anchorsOf(read(target)).includes(anchor));
  });
}

/** Whatever looks like a file of this repository: below one of its folders, or a file in its root. */
function pathsIn(text: string): string[] {
  const spans = matches(withoutFences(text), /`([^`\n]+)`/g);
  const named = spans.filter((span) =>
    /^(?:(?:src|sim|test|tools|docs|examples|\.ci)\/[\w./-]*|[\w.-]+\.(?:md|json|js|ts))$/.test(span),
  );
  const typed = matches(text, /(?:^|[ '"])((?:src|sim|test|tools)\/[\w./-]+)/gm);
  return [...named, ...typed.map((path) => path.replace(/[.,:;]$/, ''))];
}

function scriptsIn(text: string): string[] {
  return [...matches(text, /npm run (?:-s |--silent )?([\w:-]+)/g), ...matches(text, /npm (start|test)\b/g)];
}

describe.each(documents)('%s', (document) => {
  it('links to what is there', () => {
    expect(deadLinks(document)).toEqual([]);
  });

  it('names files that are there', () => {
    expect(pathsIn(read(document)).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('names variables and constants that are there', () => {
    const named = matches(read(document), /`([A-Z][A-Z\d]*(?:_[A-Z\d]+)+)(?:=[^`]*)?`/g);
    expect(named.filter((name) => !CONFIG_VARIABLES.includes(name) && !constants.has(name))).toEqual([]);
  });

  it('names npm scripts that are there', () => {
    expect(scriptsIn(read(document)).filter((script) => !(script in scripts))).toEqual([]);
  });
});

describe('the decisions in docs/adr', () => {
  const decisions = documents.filter((document) => /^docs\/adr\/\d/.test(document));

  it('are numbered one after the other', () => {
    const numbers = decisions.map((document) => Number(/(\d{4})-/.exec(document)?.[1]));
    expect(numbers).toEqual(decisions.map((_, index) => index + 1));
  });

  it('each say their number, status, context, decision and consequences', () => {
    for (const document of decisions) {
      const number = Number(/(\d{4})-/.exec(document)?.[1]);
      expect(read(document)).toMatch(
        new RegExp(`^# ${number}\\. .+\\n\\nStatus: \\w+.*## Context\\n.*## Decision\\n.*## Consequences\\n`, 's'),
      );
    }
  });

  it('all stand on the list', () => {
    const list = read('docs/adr/README.md');
    expect(decisions.filter((document) => !list.includes(`(${document.slice('docs/adr/'.length)})`))).toEqual([]);
  });
});

import { readFileSync, writeFileSync } from 'node:fs';

/**
 * npm leaves a package out of the lockfile when the registry at hand does not serve it, which happens to binaries of
 * other platforms behind a mirror, and `npm ci` then refuses the file everywhere. This adds what is missing: each is named
 * with its exact version by the package that wants it, and `os` and `cpu` keep npm from fetching it where it is of no use.
 * Run it after every change of dependencies.
 */
interface Entry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: string[];
  readonly cpu?: string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS: readonly (readonly [part: RegExp, cpu: string])[] = [
  [/arm64/, 'arm64'],
  [/(^|-)arm(-|$)|armv7|armhf/, 'arm'],
  [/x64/, 'x64'],
  [/ia32/, 'ia32'],
  [/ppc64/, 'ppc64'],
  [/riscv64/, 'riscv64'],
  [/s390x/, 's390x'],
  [/loong64/, 'loong64'],
];

function entryOf(name: string, version: string, wantedBy: Entry): Entry | undefined {
  const os = SYSTEMS.find((system) => new RegExp(`(^|[/-])${system}(-|$)`).test(name));
  const cpu = PROCESSORS.find(([part]) => part.test(name))?.[1];
  return os && cpu && /^\d/.test(version)
    ? { version, cpu: [cpu], ...(wantedBy.dev ? { dev: true } : {}), optional: true, os: [os] }
    : undefined;
}

const file = process.argv[2] ?? 'package-lock.json';
const lock: { packages: Record<string, Entry> } = JSON.parse(readFileSync(file, 'utf8'));
for (const entry of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const made = entryOf(name, version, entry);
    if (made && !lock.packages[`node_modules/${name}`]) {
      lock.packages[`node_modules/${name}`] = made;
    }
  }
}
const byPath = Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(byPath) }, null, 2)}\n`);

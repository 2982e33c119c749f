/**
 * A path of a changelog as Liquibase compares it: without `classpath:`, a drive or a slash before it.
 *
 * https://github.com/liquibase/liquibase/blob/master/liquibase-standard/src/main/java/liquibase/changelog/DatabaseChangeLog.java
 * (`normalizePath`).
 */
export function normalPath(path: string): string {
  return path
    .trim()
    .replace(/^classpath\*?:/, '')
    .replaceAll('\\', '/')
    .replace(/^[A-Za-z]:/, '')
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .join('/');
}

/** A path from a folder, `..` followed; undefined where it leads out of the repository. */
export function pathFrom(folder: string, path: string): string | undefined {
  const segments: string[] = [];
  for (const segment of [...folder.split('/'), ...normalPath(path).split('/')]) {
    if (segment === '..') {
      if (segments.pop() === undefined) {
        return undefined;
      }
    } else if (segment !== '') {
      segments.push(segment);
    }
  }
  return segments.join('/');
}

/** The folder that a file is in; empty at the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** A folder and all that it is in, from the root on. */
export function foldersAbove(folder: string): string[] {
  const segments = folder === '' ? [] : folder.split('/');
  return ['', ...segments.map((_, index) => segments.slice(0, index + 1).join('/'))];
}

const FORMATS = { xml: 'xml', yaml: 'yaml', yml: 'yaml', json: 'yaml', sql: 'sql' } as const;

/** JSON is YAML. */
export type ChangelogFormat = (typeof FORMATS)[keyof typeof FORMATS];

/** Undefined for what is no changelog, or one that only Liquibase reads. */
export function formatOf(path: string): ChangelogFormat | undefined {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return Object.hasOwn(FORMATS, ending) ? FORMATS[ending as keyof typeof FORMATS] : undefined;
}

export function isChangelog(path: string): boolean {
  return formatOf(path) !== undefined;
}

/** Something that is wrong with a workflow; lines and columns count from 1. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** As compilers say it, so that editors and GitHub's problem matchers understand it. */
export function findingText({ file, line, column, message }: Finding): string {
  return `${file}:${line}:${column}: ${message}`;
}

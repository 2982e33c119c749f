import { parse } from 'yaml';
import * as z from 'zod';
import { CORRELATION_INPUT } from '../domain/workflow-inputs.ts';

/** What a workflow's file says of being started by hand. */
export interface WorkflowContract {
  /** Names of its inputs; null when it cannot be started by hand. */
  readonly inputs: readonly string[] | null;
  /** Whether the name of a run shows which request it belongs to. */
  readonly traceable: boolean;
}

const inputsSchema = z.object({ inputs: z.record(z.string(), z.unknown()).nullish() }).nullish();
const fileSchema = z.object({
  'run-name': z.string().optional(),
  on: z.union([z.string(), z.array(z.string()), z.looseObject({ workflow_dispatch: inputsSchema })]),
});

/**
 * Reads a workflow as GitHub's "Workflow syntax for GitHub Actions" describes it: `on` is a word, a list of words, or a
 * mapping with the inputs below `workflow_dispatch`. Undefined for a text that is no workflow.
 */
export function parseWorkflowContract(text: string): WorkflowContract | undefined {
  const parsed = fileSchema.safeParse(yamlOf(text));
  if (!parsed.success) {
    return undefined;
  }
  const { on, 'run-name': runName = '' } = parsed.data;
  const named = new RegExp(String.raw`\$\{\{((?!\}\}).)*\binputs\.${CORRELATION_INPUT}\b`);
  return { inputs: inputsOf(on), traceable: named.test(runName) };
}

function inputsOf(on: z.output<typeof fileSchema>['on']): readonly string[] | null {
  if (typeof on === 'string' || Array.isArray(on)) {
    return [on].flat().includes('workflow_dispatch') ? [] : null;
  }
  return 'workflow_dispatch' in on ? Object.keys(on.workflow_dispatch?.inputs ?? {}) : null;
}

function yamlOf(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

import { parse } from 'yaml';
import { isJsonObject, type JsonObject, objectAt, textAt } from '../json.ts';

/** What GitHub reads in a workflow's file before it starts a run of it by hand. */
export interface WorkflowFile {
  readonly runName: string | undefined;
  /** Undefined when it has no `workflow_dispatch`. */
  readonly inputs: ReadonlyMap<string, WorkflowInput> | undefined;
}

interface WorkflowInput {
  readonly required: boolean;
  readonly fallback: string | undefined;
  /** What may be chosen from; undefined for any text. */
  readonly options: readonly string[] | undefined;
}

/** Undefined for a file that is no workflow. */
export function readWorkflowFile(text: string): WorkflowFile | undefined {
  const file: unknown = parse(text);
  if (!isJsonObject(file) || !('on' in file)) {
    return undefined;
  }
  return { runName: textAt(file, 'run-name'), inputs: inputsOf(file['on']) };
}

/** `on` is a word, a list of words, or an object with the details of each. */
function inputsOf(on: unknown): ReadonlyMap<string, WorkflowInput> | undefined {
  const isListed = on === 'workflow_dispatch' || (Array.isArray(on) && on.includes('workflow_dispatch'));
  if (!isJsonObject(on)) {
    return isListed ? new Map() : undefined;
  }
  if (!('workflow_dispatch' in on)) {
    return undefined;
  }
  const inputs = objectAt(objectAt(on, 'workflow_dispatch'), 'inputs');
  return new Map(Object.entries(inputs).map(([name, input]) => [name, inputOf(isJsonObject(input) ? input : {})]));
}

function inputOf(input: JsonObject): WorkflowInput {
  const { default: fallback, options, required } = input;
  return {
    required: required === true,
    fallback: fallback === undefined || typeof fallback === 'string' ? fallback : JSON.stringify(fallback),
    options: Array.isArray(options) ? options.map(String) : undefined,
  };
}

/** A run's title: `${{ inputs.<name> }}` and `||` with a text are followed, which is as far as our workflows go. */
export function runTitle(runName: string, inputs: { readonly [name: string]: string }): string {
  return runName.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
    const values = expression.split('||').map((part) => valueOf(part.trim(), inputs));
    return values.find((value) => value !== '') ?? '';
  });
}

function valueOf(term: string, inputs: { readonly [name: string]: string }): string {
  const name = /^inputs\.([\w-]+)$/.exec(term)?.[1];
  return name === undefined ? (/^'(.*)'$/.exec(term)?.[1] ?? '') : (inputs[name] ?? '');
}

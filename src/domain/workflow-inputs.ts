/** The input that stands in the name of a run, so that Mayfly knows its own again. */
export const CORRELATION_INPUT = 'correlation_id';

type Inputs = Readonly<Record<string, string>>;

/** What Mayfly can tell a workflow that tests an environment: texts, as all inputs are. `urls` is a JSON object. */
export function suiteInputs(of: {
  suite: string;
  environment: string;
  sha: string;
  /** The first public address of each service that has one. */
  urls: Readonly<Record<string, string>>;
}): Inputs {
  return { test_suite: of.suite, environment: of.environment, sha: of.sha, urls: JSON.stringify(of.urls) };
}

/** What Mayfly can tell a workflow that builds the image of one service or task. */
export function buildInputs(of: { service: string; tag: string; sha: string }): Inputs {
  return { service: of.service, tag: of.tag, sha: of.sha };
}

/**
 * What is sent: of what Mayfly can tell, only the inputs that the workflow declares, because GitHub refuses the others
 * ("Unexpected inputs provided"); and all that the blueprint's author wrote, which win.
 */
export function inputsToSend({
  known,
  written,
  declared,
}: {
  known: Inputs;
  written: Inputs;
  declared: readonly string[];
}): Inputs {
  return { ...Object.fromEntries(Object.entries(known).filter(([name]) => declared.includes(name))), ...written };
}

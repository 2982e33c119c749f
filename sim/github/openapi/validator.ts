import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { isJsonObject, type JsonObject, objectAt, textAt } from '../json.ts';
import type { Description, Operation } from './description.ts';
import { toJsonSchema } from './json-schema.ts';

export interface OpenApiValidator {
  /** What GitHub would refuse about this request, in its words; empty when it fits. */
  requestProblems(operation: Operation, query: URLSearchParams, body: unknown): string[];
  /** How an answer departs from GitHub's description; empty when it fits. Undeclared error statuses are GitHub's habit, so they pass. */
  responseProblems(operation: Operation, status: number, body: unknown): string[];
}

const documentId = 'github';

/**
 * Formats GitHub declares and JSON Schema does not know, and two that GitHub's own data breaks: URI templates, and the
 * brackets in a bot's no-reply address.
 */
const looseFormats = ['repo.nwo', 'timestamp', 'ssh-key', 'int64', 'uri', 'email'];

/** Where the description is wrong about GitHub itself. An answer may depart from it there and nowhere else. */
const errorsInTheDescription: readonly { operation: string; path: RegExp; reason: string }[] = [
  {
    operation: 'apps/list-installations',
    path: /^\/\d+\/account/,
    reason: 'the account must be a user and an enterprise at once, where apps/get-installation says either',
  },
  {
    operation: 'pulls/list',
    path: /^\/\d+\/labels\/\d+\/description$/,
    reason: "a label without a description has null, as in the description's own schema `label`",
  },
  {
    operation: 'repos/list-pull-requests-associated-with-commit',
    path: /^\/\d+\/labels\/\d+\/description$/,
    reason: 'the same',
  },
];

function isExcused(operation: Operation, error: ErrorObject): boolean {
  return errorsInTheDescription.some(
    (known) => known.operation === operation.id && known.path.test(error.instancePath),
  );
}

/** GitHub's wording for one broken rule. */
function inGitHubsWords(error: ErrorObject): string {
  const where = `properties${error.instancePath}`;
  const missing = error.params['missingProperty'];
  if (error.keyword === 'required' && typeof missing === 'string') {
    return `"${missing}" wasn't supplied.`;
  }
  if (error.keyword === 'maxLength') {
    return `For '${where}', the value is too long; at most ${String(error.params['limit'])} characters are allowed.`;
  }
  if (error.keyword === 'enum') {
    return `For '${where}', the value is not a possible value. Must be one of the following: ${String(error.params['allowedValues'])}.`;
  }
  return `For '${where}', the value ${error.message ?? 'does not fit'}.`;
}

function valueOfQuery(text: string, type: string | undefined): unknown {
  if (type === 'integer' || type === 'number') {
    return Number(text);
  }
  return type === 'boolean' ? text === 'true' : text;
}

/** The schema of a media-typed body, whichever JSON type it is declared under. */
function jsonSchemaOf(holder: JsonObject): unknown {
  const content = objectAt(holder, 'content');
  const type = Object.keys(content).find((key) => key === 'application/json') ?? Object.keys(content)[0];
  return type === undefined ? undefined : objectAt(content, type)['schema'];
}

/** Schemas are compiled when first needed: most processes use a few operations of the sixty. */
export function createOpenApiValidator(description: Description): OpenApiValidator {
  // Without ajv's optimiser a schema compiles in half the time, which matters more here than the speed of a check.
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, code: { optimize: false } });
  addFormats.default(ajv);
  for (const format of looseFormats) {
    ajv.addFormat(format, true);
  }
  ajv.addSchema({ $id: documentId, components: toJsonSchema(description.document['components']) });
  const compiled = new Map<string, ValidateFunction>();

  function validatorOf(key: string, schema: unknown): ValidateFunction {
    const known = compiled.get(key);
    if (known) {
      return known;
    }
    const json = JSON.stringify(toJsonSchema(schema)).replaceAll('"#/components/', `"${documentId}#/components/`);
    const validate = ajv.compile(JSON.parse(json));
    compiled.set(key, validate);
    return validate;
  }

  function bodyProblems(operation: Operation, body: unknown): string[] {
    const schema = jsonSchemaOf(description.resolve(operation.definition['requestBody']));
    if (schema === undefined) {
      return [];
    }
    const declared = objectAt(description.resolve(schema), 'properties');
    const validate = validatorOf(`${operation.id} request`, schema);
    const problems = validate(body) ? [] : (validate.errors ?? []).map(inGitHubsWords);
    // A misspelt property is dropped silently by some of GitHub's operations and refused by others; a mistake in a
    // client is what a simulator is there to find, so it is always refused.
    const unknown =
      isJsonObject(body) && Object.keys(declared).length > 0
        ? Object.keys(body).filter((key) => !(key in declared))
        : [];
    return [...new Set([...problems, ...unknown.map((key) => `"${key}" is not a permitted key.`)])];
  }

  function queryProblems(operation: Operation, query: URLSearchParams): string[] {
    const parameters = operation.definition['parameters'];
    return (Array.isArray(parameters) ? parameters : []).map(description.resolve).flatMap((parameter) => {
      const name = textAt(parameter, 'name') ?? '';
      const text = parameter['in'] === 'query' ? query.get(name) : null;
      const schema = parameter['schema'];
      const type = textAt(description.resolve(schema), 'type');
      if (text === null || type === 'array') {
        return [];
      }
      const validate = validatorOf(`${operation.id} query ${name}`, schema);
      return validate(valueOfQuery(text, type)) ? [] : [`Invalid value for parameter '${name}': ${text}`];
    });
  }

  return {
    requestProblems: (operation, query, body) => [...bodyProblems(operation, body), ...queryProblems(operation, query)],
    responseProblems(operation, status, body) {
      const declared = objectAt(operation.definition, 'responses')[String(status)];
      if (declared === undefined) {
        return status < 400 ? [`status ${status} is not declared`] : [];
      }
      const schema = jsonSchemaOf(description.resolve(declared));
      if (schema === undefined || typeof body === 'string') {
        return [];
      }
      const validate = validatorOf(`${operation.id} response ${status}`, schema);
      const errors = validate(body) ? [] : (validate.errors ?? []);
      return errors
        .filter((error) => !isExcused(operation, error))
        .map((error) => `${error.instancePath} ${error.message ?? ''} ${JSON.stringify(error.params)}`);
    },
  };
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { isJsonObject, objectAt, textAt } from '../json.ts';

/** How a payload departs from GitHub's published schema of its event; empty when it fits. */
export type WebhookValidator = (event: string, payload: unknown) => string[];

const documentId = 'webhooks';

/** Judges payloads by `@octokit/webhooks-schemas`. Schemas are compiled when an event is first seen. */
export function createWebhookValidator(): WebhookValidator {
  const require = createRequire(import.meta.url);
  const path = require.resolve('@octokit/webhooks-schemas');
  const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const definitions = objectAt(isJsonObject(parsed) ? parsed : {}, 'definitions');
  // Without ajv's optimiser a schema compiles in half the time, which matters more here than the speed of a check.
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, code: { optimize: false } });
  addFormats.default(ajv);
  // GitHub's samples hold URI templates where the schema says `uri`; an empty text is still none.
  ajv.addFormat('uri', /^[a-z][a-z0-9+.-]*:\S+$/i);
  ajv.addSchema({ $id: documentId, definitions });
  const compiled = new Map<string, ValidateFunction>();

  return (event, payload) => {
    const action = isJsonObject(payload) ? textAt(payload, 'action') : undefined;
    const name = [`${event}$${action}`, `${event}$event`].find((candidate) => candidate in definitions);
    if (name === undefined) {
      return [`${event} ${action ?? ''} is no event GitHub publishes a schema of`];
    }
    const validate = compiled.get(name) ?? ajv.compile({ $ref: `${documentId}#/definitions/${name}` });
    compiled.set(name, validate);
    return validate(payload)
      ? []
      : (validate.errors ?? []).map(
          (error) => `${error.instancePath} ${error.message ?? ''} ${JSON.stringify(error.params)}`,
        );
  };
}

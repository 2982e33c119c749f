import { type Description, readDescription } from './openapi/description.ts';
import { createOpenApiValidator, type OpenApiValidator } from './openapi/validator.ts';
import { createWebhookValidator, type WebhookValidator } from './webhooks/schema.ts';

interface Conformance {
  readonly description: Description;
  readonly openApi: OpenApiValidator;
  readonly webhooks: WebhookValidator;
}

let shared: Conformance | undefined;

/**
 * GitHub's descriptions, read and compiled once per process: compiling the schema of one event takes a tenth of a
 * second, and a test process starts many simulators.
 */
export function processConformance(): Conformance {
  if (!shared) {
    const description = readDescription();
    shared = { description, openApi: createOpenApiValidator(description), webhooks: createWebhookValidator() };
  }
  return shared;
}

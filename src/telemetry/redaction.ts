/** What credentials look like, whoever's they are. */
const CREDENTIAL =
  /\b(?:gh[a-z]_\w+|github_pat_\w+|(?:bearer|token) [\w.-]{16,}|eyJ[\w-]+\.[\w-]+\.[\w-]+|(?:AKIA|ASIA)[A-Z0-9]{16})|-----BEGIN[^-]*-----[^-]*(?:-----END[^-]*-----)?/gi;
/** `postgres://user:password@host`, of which the password goes. A URL that is cut short ends where the text does. */
const PASSWORD_IN_URL = /\b([a-z][a-z0-9+.-]*:\/\/[^\s:/?#@]*):[^\s/?#]+@/gi;

export const REDACTED = '[redacted]';
/** Shorter ones would be found in words that have nothing to do with them. */
const SHORTEST_SECRET = 8;

/** A text without anything that looks like a credential. The last resort: what is logged is chosen before it gets here. */
export function maskCredentials(text: string): string {
  return text.replace(PASSWORD_IN_URL, `$1:${REDACTED}@`).replace(CREDENTIAL, REDACTED);
}

/**
 * Takes out of any text the secrets that this process was started with, as they are and as JSON, a URL and base64 write
 * them. Needs no idea of what a secret looks like, and so finds a made-up webhook secret where a pattern would not.
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const forms = [...new Set(secrets.flatMap(formsOf))].toSorted((a, b) => b.length - a.length);
  return (text) => forms.reduce((rest, form) => rest.replaceAll(form, REDACTED), text);
}

function formsOf(secret: string): string[] {
  const parts = [secret.trim(), ...secret.split('\n').filter((line) => !line.startsWith('-----'))];
  return parts
    .flatMap((part) => [part, JSON.stringify(part).slice(1, -1), encodeURIComponent(part), base64Of(part)])
    .filter((form) => form.length >= SHORTEST_SECRET);
}

/** Without its last group, which depends on what stands behind. */
function base64Of(text: string): string {
  const bytes = Buffer.from(text);
  return bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');
}

import * as z from 'zod';

/** A registered app, and what it proves itself with. Never logged. */
export interface Credentials {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** The app's page on GitHub. */
  readonly page: string;
}

const converted = z.object({
  id: z.int().positive(),
  html_url: z.url({ protocol: /^https?$/ }),
  pem: z.string().startsWith('-----BEGIN'),
  webhook_secret: z.string().min(8),
});

const PATIENCE_MILLISECONDS = 15_000;

/**
 * Exchanges the code for the app's credentials: `POST /app-manifests/{code}/conversions`. GitHub takes a code once, and
 * within an hour. Throws with a sentence that holds neither code nor credentials.
 */
export async function convert(
  code: string,
  { api, fetch }: { api: string; fetch: typeof globalThis.fetch },
): Promise<Credentials> {
  const answer = await asked(code, { api, fetch });
  if (answer.status === 404) {
    throw new Error('GitHub does not know the code: it takes each one once, and within an hour. Start again');
  }
  if (answer.status !== 201) {
    throw new Error(`GitHub answered ${answer.status} to the code: see whether the app is there, and start again`);
  }
  const parsed = converted.safeParse(await answer.json().catch(() => undefined));
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new Error(`GitHub's answer to the code is not as it is described: ${fields}`);
  }
  const { id: appId, pem: privateKey, webhook_secret: webhookSecret, html_url: page } = parsed.data;
  return { appId, privateKey, webhookSecret, page };
}

async function asked(code: string, { api, fetch }: { api: string; fetch: typeof globalThis.fetch }): Promise<Response> {
  try {
    return await fetch(`${api}/app-manifests/${encodeURIComponent(code)}/conversions`, {
      method: 'POST',
      headers: { accept: 'application/vnd.github+json', 'user-agent': 'mayfly-create-app' },
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
    });
  } catch {
    // Its cause names the URL, and so the code.
    throw new Error(`GitHub's API at ${api} could not be reached with the code: start again`);
  }
}

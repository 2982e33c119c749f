import { html } from 'hono/html';
import type { Manifest } from './manifest.ts';

/** The page with the button. GitHub takes the manifest from a form, and nowhere else. */
export async function buttonPage({ action, manifest }: { action: string; manifest: Manifest }): Promise<string> {
  const permissions = Object.entries(manifest.default_permissions).map(
    ([name, level]) => html`<li><code>${name}</code>: ${level}</li>`,
  );
  return await page(
    'Register Mayfly with GitHub',
    html`<p>GitHub will ask you for the app's name and show these permissions again. Webhooks go to
      <code>${manifest.hook_attributes.url}</code>.</p>
      <ul>${permissions}</ul>
      <form method="post" action="${action}"><input type="hidden" name="manifest" value="${JSON.stringify(manifest)}">
      <button>Register it</button></form>`,
  );
}

export async function successPage({ installUrl }: { installUrl: string }): Promise<string> {
  return await page(
    'Mayfly is registered',
    html`<p>Its credentials are kept where you asked for; the terminal says where.</p>
      <p><a href="${installUrl}">Install it</a> on the repositories that are to have environments.</p>`,
  );
}

export async function refusalPage(why: string): Promise<string> {
  return await page('That did not work', html`<p>${why}.</p>`);
}

async function page(title: string, content: ReturnType<typeof html>): Promise<string> {
  const text = await html`<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,">
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}button{font:inherit;padding:.5rem 1rem}</style></head>
<body><h1>${title}</h1>${content}</body></html>`;
  return text.toString();
}

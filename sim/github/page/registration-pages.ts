import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import { parseManifest } from '../behaviour/manifest.ts';
import { registerFromManifest } from '../behaviour/registrations.ts';
import type { Account } from '../entities/account.ts';
import { notFound } from '../errors.ts';
import type { World } from '../world.ts';
import { fieldsOf } from './forms.ts';
import { layout, type Markup } from './layout.ts';

interface Draft {
  readonly manifest: string;
  readonly name: string;
  /** Given back with the code; empty when there was none. */
  readonly state: string;
  /** The organisation's login; empty for a person's own app. */
  readonly organisation: string;
}

/**
 * The two pages of "Registering a GitHub App from a manifest": one that is posted a manifest and asks for a name, and one
 * that makes the app and leads back with the code.
 */
export function addRegistrationPages(app: Hono, world: World, now: () => Date): void {
  const { store } = world;

  async function askForName(context: Context): Promise<Response> {
    const organisation = context.req.param('organisation') ?? '';
    if (organisation !== '' && store.accounts.get(organisation)?.type !== 'Organization') {
      throw notFound();
    }
    const manifest = fieldsOf(await context.req.formData())('manifest');
    const { name = '' } = parseManifest(manifest);
    const draft = { manifest, name, state: context.req.query('state') ?? '', organisation };
    return context.html(await namePage(draft, store.users));
  }

  app.post('/settings/apps/new', askForName);
  app.post('/organizations/:organisation/settings/apps/new', askForName);

  app.post('/settings/apps', async (context) => {
    const field = fieldsOf(await context.req.formData());
    const manifest = parseManifest(field('manifest'));
    const owner = store.account(field('organisation') || field('actor'));
    const code = registerFromManifest(world, manifest, { name: field('name'), owner, now: now() });
    const back = new URL(manifest.redirectUrl);
    back.searchParams.set('code', code);
    if (field('state') !== '') {
      back.searchParams.set('state', field('state'));
    }
    return context.redirect(back.toString());
  });
}

function namePage({ manifest, name, state, organisation }: Draft, users: readonly Account[]): Markup {
  return layout({
    title: 'Create GitHub App',
    path: html`Create GitHub App`,
    live: html`<h1>Create GitHub App</h1>`,
    controls: html`<form method="post" action="/settings/apps">
      <input type="hidden" name="manifest" value="${manifest}"><input type="hidden" name="state" value="${state}"><input type="hidden" name="organisation" value="${organisation}">
      <p><label>As <select name="actor">${users.map(({ login }) => html`<option>${login}</option>`)}</select></label></p>
      <p><label>GitHub App name <input name="name" value="${name}" required></label> <button>Create GitHub App</button></p></form>`,
  });
}

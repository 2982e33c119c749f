import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Account } from '../entities/account.ts';
import type { ManifestCode } from '../entities/manifest-code.ts';
import { unprocessable } from '../errors.ts';
import type { AppRegistration, World } from '../world.ts';
import type { Manifest } from './manifest.ts';

/** "You must complete all three steps in the GitHub App Manifest flow within one hour." */
const codeLifetimeMilliseconds = 60 * 60 * 1000;
/** "Registering a GitHub App": its name has no more characters. */
const longestName = 34;

/** Registers the app, which takes the place of the one before, and returns the code for its secrets. Throws a 422. */
export function registerFromManifest(
  world: World,
  manifest: Manifest,
  { name, owner, now }: { name: string; owner: Account; now: Date },
): string {
  const slug = slugOf(world, name);
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const secret = (): string => randomBytes(20).toString('hex');
  const createdAt = world.clock.now();
  const bot: Account = {
    id: world.store.nextId(),
    login: `${slug}[bot]`,
    type: 'Bot',
    token: undefined,
    createdAt,
  };
  world.store.accounts.set(bot.login, bot);
  const app: AppRegistration = {
    id: world.store.nextId(),
    slug,
    name,
    description: manifest.description,
    homepage: manifest.url,
    owner,
    bot,
    events: manifest.events,
    // Every app may read metadata, asked for or not.
    permissions: { ...manifest.permissions, metadata: 'read' },
    publicKey,
    createdAt,
  };
  const webhookSecret = secret();
  const code = secret();
  world.store.manifestCodes.set(code, {
    expiresAt: new Date(now.getTime() + codeLifetimeMilliseconds),
    clientId: `Iv23${secret().slice(0, 16)}`,
    clientSecret: secret(),
    webhookSecret,
    privateKeyPem: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
  });
  world.register(app, { url: manifest.webhookUrl, secret: webhookSecret });
  return code;
}

/** What the code stands for; undefined when there is no such code, or not any more. It is gone afterwards. */
export function takeManifestCode({ store }: World, code: string, now: Date): ManifestCode | undefined {
  const held = store.manifestCodes.get(code);
  store.manifestCodes.delete(code);
  return held && held.expiresAt > now ? held : undefined;
}

function slugOf(world: World, name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-|-$/g, '');
  if (slug === '' || name.length > longestName) {
    throw unprocessable(`The name of an app has letters or digits, and at most ${longestName} characters.`);
  }
  if (world.store.accounts.has(slug) || world.store.accounts.has(`${slug}[bot]`)) {
    throw unprocessable(`The name ${name} is already taken.`);
  }
  return slug;
}

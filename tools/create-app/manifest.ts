import { parse } from 'yaml';
import * as z from 'zod';

const described = z.object({
  name: z.string(),
  description: z.string(),
  url: z.string(),
  public: z.boolean(),
  default_permissions: z.record(z.string(), z.enum(['read', 'write', 'admin'])),
  default_events: z.array(z.string()),
});

/** The parameters of https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest. */
export type Manifest = z.output<typeof described> & {
  readonly hook_attributes: { readonly url: string; readonly active: true };
  readonly redirect_url: string;
};

/** What `app.yml` says, with what it cannot know. */
export function manifestOf(
  appYml: string,
  given: { webhookUrl: string; redirectUrl: string; name?: string | undefined; homepage?: string | undefined },
): Manifest {
  const app = described.parse(parse(appYml));
  return {
    ...app,
    name: given.name ?? app.name,
    url: given.homepage ?? app.url,
    hook_attributes: { url: given.webhookUrl, active: true },
    redirect_url: given.redirectUrl,
  };
}

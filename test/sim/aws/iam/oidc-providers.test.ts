import {
  AddClientIDToOpenIDConnectProviderCommand,
  CreateOpenIDConnectProviderCommand,
  DeleteOpenIDConnectProviderCommand,
  GetOpenIDConnectProviderCommand,
  ListOpenIDConnectProvidersCommand,
  ListOpenIDConnectProviderTagsCommand,
  RemoveClientIDFromOpenIDConnectProviderCommand,
  TagOpenIDConnectProviderCommand,
  UntagOpenIDConnectProviderCommand,
  UpdateOpenIDConnectProviderThumbprintCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from '@jest/globals';
import { startAccount } from './account.ts';

const Url = 'https://token.actions.githubusercontent.com';
const OpenIDConnectProviderArn = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com';

async function start() {
  const { iam } = await startAccount();
  return {
    iam,
    create: async (url = Url, ThumbprintList?: string[]) =>
      await iam.send(
        new CreateOpenIDConnectProviderCommand({ Url: url, ClientIDList: ['sts.amazonaws.com'], ThumbprintList }),
      ),
    get: async () => await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn })),
  };
}

describe('an OIDC provider', () => {
  it('is read without the scheme of its address, and with a thumbprint that nobody gave', async () => {
    const { iam, create, get } = await start();
    expect((await create()).OpenIDConnectProviderArn).toBe(OpenIDConnectProviderArn);

    expect(await get()).toMatchObject({
      Url: 'token.actions.githubusercontent.com',
      ClientIDList: ['sts.amazonaws.com'],
      ThumbprintList: [expect.stringMatching(/^[0-9a-f]{40}$/)],
    });
    const { OpenIDConnectProviderList } = await iam.send(new ListOpenIDConnectProvidersCommand({}));
    expect(OpenIDConnectProviderList).toEqual([{ Arn: OpenIDConnectProviderArn }]);
  });

  it('is made once for an address, which begins with https', async () => {
    const { create } = await start();
    await create();
    await expect(create()).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: `Provider with url ${Url} already exists.`,
    });
    for (const wrong of ['http://example.com', 'example.com', 'https://example.com:8443', 'https://example.com/?a=b']) {
      await expect(create(wrong)).rejects.toMatchObject({ name: 'ValidationError' });
    }
    await expect(create('https://example.com', ['short'])).rejects.toMatchObject({ name: 'ValidationError' });
    await expect(create('https://example.com', Array(6).fill('0'.repeat(40)))).rejects.toMatchObject({
      name: 'InvalidInputException',
    });
  });

  it('changes its thumbprints, client ids and tags, twice without harm', async () => {
    const { iam, create, get } = await start();
    await create();
    const which = { OpenIDConnectProviderArn };
    const ThumbprintList = ['a'.repeat(40)];
    await iam.send(new UpdateOpenIDConnectProviderThumbprintCommand({ ...which, ThumbprintList }));
    for (const _ of [1, 2]) {
      await iam.send(new AddClientIDToOpenIDConnectProviderCommand({ ...which, ClientID: 'other' }));
      await iam.send(new RemoveClientIDFromOpenIDConnectProviderCommand({ ...which, ClientID: 'sts.amazonaws.com' }));
      await iam.send(new TagOpenIDConnectProviderCommand({ ...which, Tags: [{ Key: 'a', Value: '1' }] }));
    }

    expect(await get()).toMatchObject({ ThumbprintList, ClientIDList: ['other'], Tags: [{ Key: 'a', Value: '1' }] });
    await iam.send(new UntagOpenIDConnectProviderCommand({ ...which, TagKeys: ['a'] }));
    expect((await iam.send(new ListOpenIDConnectProviderTagsCommand(which))).Tags).toEqual([]);
  });

  it('is gone when it was deleted', async () => {
    const { iam, create, get } = await start();
    await create();
    await iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
    await expect(get()).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });
});

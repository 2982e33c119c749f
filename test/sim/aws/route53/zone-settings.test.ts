import {
  CreateHostedZoneCommand,
  GetDNSSECCommand,
  GetHostedZoneCommand,
  Route53Client,
  UpdateHostedZoneCommentCommand,
} from '@aws-sdk/client-route-53';
import { expect, it } from '@jest/globals';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

async function start(VPC?: { VPCRegion: 'eu-west-1'; VPCId: string }) {
  const { client } = await startSteppedAws({ rateLimits: false });
  const route53 = new Route53Client(client);
  const made = await route53.send(
    new CreateHostedZoneCommand({
      Name: 'ephemeral.example',
      CallerReference: 'once',
      HostedZoneConfig: { Comment: 'first' },
      VPC,
    }),
  );
  return { route53, Id: made.HostedZone?.Id ?? '' };
}

it("a zone's comment is replaced, and taken away by an update without one", async () => {
  const { route53, Id } = await start();
  const comment = async () => (await route53.send(new GetHostedZoneCommand({ Id }))).HostedZone?.Config?.Comment;

  const updated = await route53.send(new UpdateHostedZoneCommentCommand({ Id, Comment: 'second' }));
  expect(updated.HostedZone?.Config?.Comment).toBe('second');
  expect(await comment()).toBe('second');
  await route53.send(new UpdateHostedZoneCommentCommand({ Id }));
  expect(await comment()).toBeUndefined();
});

it('a public zone is not signed; of a private one nothing is told', async () => {
  const open = await start();
  expect(await open.route53.send(new GetDNSSECCommand({ HostedZoneId: open.Id }))).toMatchObject({
    Status: { ServeSignature: 'NOT_SIGNING' },
    KeySigningKeys: [],
  });

  const hidden = await start({ VPCRegion: 'eu-west-1', VPCId: 'vpc-1' });
  const ask = hidden.route53.send(new GetDNSSECCommand({ HostedZoneId: hidden.Id }));
  await expect(ask).rejects.toMatchObject({ name: 'InvalidArgument' });
});

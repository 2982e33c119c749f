import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import type { Endpoint } from './census/listing.ts';

/** What a role may do, as IAM has it: the documents of its managed policies and of its own. */
export async function policiesOfRole(role: string, endpoint: Endpoint): Promise<string[]> {
  const iam = new IAMClient(endpoint);
  const named = { RoleName: role };
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand(named));
  const managed = AttachedPolicies.map(async ({ PolicyArn }) => {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    const version = { PolicyArn, VersionId: Policy?.DefaultVersionId };
    return (await iam.send(new GetPolicyVersionCommand(version))).PolicyVersion?.Document;
  });
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand(named));
  const own = PolicyNames.map(
    async (PolicyName) => (await iam.send(new GetRolePolicyCommand({ ...named, PolicyName }))).PolicyDocument,
  );
  const documents = await Promise.all([...managed, ...own]);
  // They come URL-encoded (GetPolicyVersion, in the IAM API reference).
  return documents.map((document) => decodeURIComponent(document ?? '{}'));
}

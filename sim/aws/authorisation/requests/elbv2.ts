import type {
  Action,
  AddTagsInput,
  CreateRuleInput,
  CreateTargetGroupInput,
  ModifyRuleInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { World } from '../../world.ts';
import { arnIn, type Need, type NeedsOf, type NeedsTable, taggedOnCreation, tagsIn } from '../need.ts';

/**
 * Tags that come with a creation need a permission of their own.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/elb-tagging-resources-during-creation.html
 */
function tagged(created: string, { resources, requestTags }: Pick<Need, 'resources' | 'requestTags'>): Need[] {
  return taggedOnCreation({
    action: 'elasticloadbalancing:AddTags',
    resources,
    requestTags,
    keys: { 'elasticloadbalancing:CreateAction': created },
  });
}

function createTargetGroup(world: World, { Name, Tags }: CreateTargetGroupInput): Need[] {
  const resources = [arnIn(world, 'elasticloadbalancing', `targetgroup/${Name}/*`)];
  const requestTags = tagsIn(Tags);
  return [
    { action: 'elasticloadbalancing:CreateTargetGroup', resources, requestTags },
    ...tagged('CreateTargetGroup', { resources, requestTags }),
  ];
}

/**
 * "To enable a user to configure a load balancer to use Amazon Cognito to authenticate users, you must grant the user
 * permission to call the `cognito-idp:DescribeUserPoolClient` action."
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
function signIn(actions: readonly Action[] = []): Need[] {
  return actions.flatMap(({ AuthenticateCognitoConfig: pool }) =>
    pool ? [{ action: 'cognito-idp:DescribeUserPoolClient', resources: [pool.UserPoolArn ?? ''] }] : [],
  );
}

/** Judged on the listener: the rule is not there yet. */
function createRule(_world: World, { ListenerArn = '', Tags, Actions }: CreateRuleInput): Need[] {
  const requestTags = tagsIn(Tags);
  const rules = `${ListenerArn.replace(':listener/', ':listener-rule/')}/*`;
  return [
    { action: 'elasticloadbalancing:CreateRule', resources: [ListenerArn], requestTags },
    ...tagged('CreateRule', { resources: [rules], requestTags }),
    ...signIn(Actions),
  ];
}

const on =
  (action: string, member: string): NeedsOf =>
  (_world, input: Readonly<Record<string, string>>) => [
    { action: `elasticloadbalancing:${action}`, resources: [input[member] ?? ''] },
  ];

export const elbv2Needs: NeedsTable = {
  CreateTargetGroup: createTargetGroup,
  ModifyTargetGroup: on('ModifyTargetGroup', 'TargetGroupArn'),
  ModifyTargetGroupAttributes: on('ModifyTargetGroupAttributes', 'TargetGroupArn'),
  DeleteTargetGroup: on('DeleteTargetGroup', 'TargetGroupArn'),
  CreateRule: createRule,
  ModifyRule: (_world, { RuleArn = '', Actions }: ModifyRuleInput) => [
    { action: 'elasticloadbalancing:ModifyRule', resources: [RuleArn] },
    ...signIn(Actions),
  ],
  DeleteRule: on('DeleteRule', 'RuleArn'),
  AddListenerCertificates: on('AddListenerCertificates', 'ListenerArn'),
  RemoveListenerCertificates: on('RemoveListenerCertificates', 'ListenerArn'),
  AddTags: (_world, { ResourceArns = [], Tags }: AddTagsInput) => [
    { action: 'elasticloadbalancing:AddTags', resources: ResourceArns, requestTags: tagsIn(Tags) },
  ],
};

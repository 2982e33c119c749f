import type { RequestCertificateRequest } from '@aws-sdk/client-acm';
import type { ChangeResourceRecordSetsRequest } from '@aws-sdk/client-route-53';
import { escaped, normalised } from '../../route53/domain-name.ts';
import { type NeedsOf, type NeedsTable, tagsIn } from '../need.ts';

const zone = (id = ''): string => `arn:aws:route53:::hostedzone/${id.replace(/^\/?hostedzone\//, '')}`;

/**
 * The three keys as Route 53 normalises them: lower case, no final dot, everything unusual as `\ooo`.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-rrset-conditions.html
 */
const changeRecords: NeedsOf = (_world, { HostedZoneId, ChangeBatch }: ChangeResourceRecordSetsRequest) => {
  const changes = ChangeBatch?.Changes ?? [];
  const distinct = (values: readonly (string | undefined)[]): string[] => [
    ...new Set(values.map((value) => value ?? '')),
  ];
  return [
    {
      action: 'route53:ChangeResourceRecordSets',
      resources: [zone(HostedZoneId)],
      keys: {
        'route53:ChangeResourceRecordSetsNormalizedRecordNames': distinct(
          changes.map(({ ResourceRecordSet }) => escaped(normalised(ResourceRecordSet?.Name ?? '')).replace(/\.$/, '')),
        ),
        'route53:ChangeResourceRecordSetsRecordTypes': distinct(
          changes.map(({ ResourceRecordSet }) => ResourceRecordSet?.Type),
        ),
        'route53:ChangeResourceRecordSetsActions': distinct(changes.map(({ Action }) => Action)),
      },
    },
  ];
};

export const route53Needs: NeedsTable = {
  ChangeResourceRecordSets: changeRecords,
  ListResourceRecordSets: (_world, { HostedZoneId }) => [
    { action: 'route53:ListResourceRecordSets', resources: [zone(HostedZoneId)] },
  ],
  GetHostedZone: (_world, { Id }) => [{ action: 'route53:GetHostedZone', resources: [zone(Id)] }],
  ListTagsForResource: (_world, { ResourceType, ResourceId }) => [
    {
      action: 'route53:ListTagsForResource',
      resources: [ResourceType === 'hostedzone' ? zone(ResourceId) : `arn:aws:route53:::healthcheck/${ResourceId}`],
    },
  ],
  GetChange: (_world, { Id = '' }) => [
    { action: 'route53:GetChange', resources: [`arn:aws:route53:::change/${Id.replace(/^\/?change\//, '')}`] },
  ],
};

const onCertificate =
  (action: string): NeedsOf =>
  (_world, { CertificateArn = '', Tags }) => [
    { action: `acm:${action}`, resources: [CertificateArn], requestTags: tagsIn(Tags) },
  ];

export const acmNeeds: NeedsTable = {
  // Tags that come with it are judged by this action alone: the reference names no other for it.
  RequestCertificate: (_world, input: RequestCertificateRequest) => [
    {
      action: 'acm:RequestCertificate',
      resources: ['*'],
      requestTags: tagsIn(input.Tags),
      keys: {
        'acm:DomainNames': [input.DomainName ?? '', ...(input.SubjectAlternativeNames ?? [])],
        'acm:ValidationMethod': input.ValidationMethod ?? 'EMAIL',
      },
    },
  ],
  DescribeCertificate: onCertificate('DescribeCertificate'),
  DeleteCertificate: onCertificate('DeleteCertificate'),
  ListTagsForCertificate: onCertificate('ListTagsForCertificate'),
  AddTagsToCertificate: onCertificate('AddTagsToCertificate'),
};

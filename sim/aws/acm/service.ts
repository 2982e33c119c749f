import * as sdk from '@aws-sdk/client-acm';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';
import { deleteCertificate, describeCertificate, listCertificates } from './certificates.ts';
import { requestCertificate } from './request.ts';
import { addTagsToCertificate, listTagsForCertificate, removeTagsFromCertificate } from './tags.ts';

export function acmService(world: World): ServiceDefinition {
  return {
    signingName: 'acm',
    protocol: 'json',
    targetPrefix: 'CertificateManager',
    sdk,
    handlers: {
      RequestCertificate: (input) => requestCertificate(world, input),
      DescribeCertificate: (input) => describeCertificate(world, input),
      ListCertificates: (input) => listCertificates(world, input),
      DeleteCertificate: (input) => deleteCertificate(world, input),
      AddTagsToCertificate: (input) => addTagsToCertificate(world, input),
      RemoveTagsFromCertificate: (input) => removeTagsFromCertificate(world, input),
      ListTagsForCertificate: (input) => listTagsForCertificate(world, input),
    },
  };
}

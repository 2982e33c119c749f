import * as z from 'zod';

/** Where the platform document is. */
export type PlatformPlace = { readonly parameter: string } | { readonly file: string };

export const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });

export const AWS_SHAPE = {
  AWS_REGION: z.string({ error: 'is missing' }).regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region such as eu-west-1'),
  AWS_ENDPOINT_URL: httpUrl.optional(),
};

export const PLATFORM_SHAPE = {
  PLATFORM_PARAMETER: z.string().startsWith('/', 'must be the name of a parameter, and begin with `/`').optional(),
  PLATFORM_FILE: z.string().optional(),
};

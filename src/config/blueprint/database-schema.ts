import * as z from 'zod';
import { text } from '../document/checked-text.ts';
import { migrationsSchema } from './migrations-schema.ts';
import { duration, port } from './scalars.ts';

/** Aurora capacity units: steps of a half, up to 256; 0 pauses (ServerlessV2ScalingConfiguration, RDS API reference). */
const capacityUnits = z.number().min(0).max(256).multipleOf(0.5);

export const databaseSchema = z.union([
  z.literal(false).describe('No database.'),
  z.strictObject({
    name: text((given) =>
      /^\w{1,64}$/.test(given) ? undefined : 'a schema name is letters, digits and `_`, at most 64',
    )
      .describe('The schema, for `${db.name}`.')
      .optional(),
    port: port.describe('Default 3306.').optional(),
    capacity: z
      .strictObject({
        min: capacityUnits.describe('Default 0.5; 0 pauses when nothing is connected.').optional(),
        max: z
          .union([capacityUnits.min(1), z.literal('auto')])
          .describe('Default 2. `auto`: begins there, and follows what is used.')
          .optional(),
        autoPause: duration({ min: 300, max: 86_400 })
          .describe('With a minimum of 0: how long without a connection; default 5m.')
          .optional(),
      })
      .describe('Aurora capacity units.')
      .optional(),
    credentials: z
      .enum(['inherit', 'secret', 'user'])
      .describe(
        "`secret` (default): a new master password, in a secret. `user`: a user for the schema alone as well; needs `name`, and a way for Mayfly to the clone. `inherit`: the source's users and passwords.",
      )
      .optional(),
    migrations: migrationsSchema
      .describe('Migrations to compare with what the source has, before they run; needs `name`.')
      .optional(),
  }),
]);

export type DatabaseInput = z.output<typeof databaseSchema>;

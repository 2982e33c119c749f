import type { Mischief } from './mischief.ts';
import type { ServiceOf } from './service-mischief.ts';

/** The last part of a form's address -> what it breaks. Each answers a sentence on what it did. */
export const breakages: Readonly<Record<string, (mischief: Mischief, at: ServiceOf) => string | Promise<string>>> = {
  'throttle-rds': (mischief) => mischief.throttleRds(),
  'fail-create-service': (mischief) => mischief.failNextCreateService(),
  'lose-webhook': (mischief) => mischief.loseNextWebhook(),
  'repeat-webhook': (mischief) => mischief.deliverLastWebhookAgain(),
  'crash-task': (mischief, at) => mischief.crashTask(at),
  'fail-health-check': (mischief, at) => mischief.failHealthCheck(at),
  'mend-health-check': (mischief, at) => mischief.mendHealthCheck(at),
  'delete-service': async (mischief, at) => await mischief.deleteService(at),
};

import { DescribeCertificateCommand, ListCertificatesCommand } from '@aws-sdk/client-acm';
import type { AwsClients } from '../../src/provision/aws/clients.ts';
import type { CriticalPath } from './critical-path.ts';

const LOOK_MS = 250;

export interface ForeignWaits {
  /** The longest time that the other AWS made wait of its own accord, exact to a quarter of a second. */
  longest(): CriticalPath;
  stop(): void;
}

/**
 * Watches another AWS from outside, beside Mayfly. moto answers everything at once but a certificate, which it calls
 * issued a minute after the request (MOTO_ACM_VALIDATION_WAIT); that minute is not Mayfly's.
 */
export function watchForeignWaits({ acm }: Pick<AwsClients, 'acm'>): ForeignWaits {
  const spans = new Map<string, { from: number; until: number | undefined }>();
  let isOver = false;

  async function look(): Promise<void> {
    const { CertificateSummaryList = [] } = await acm.send(new ListCertificatesCommand({}));
    for (const { CertificateArn = '' } of CertificateSummaryList) {
      const span = spans.get(CertificateArn) ?? { from: performance.now(), until: undefined };
      spans.set(CertificateArn, span);
      const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn }));
      if (span.until === undefined && Certificate?.Status === 'ISSUED') {
        span.until = performance.now();
      }
    }
  }

  async function watch(): Promise<void> {
    while (!isOver) {
      // A look that fails is a look less; the next one comes at once.
      await look().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  void watch();
  return {
    longest() {
      const seconds = [...spans.values()].map(({ from, until = from }) => (until - from) / 1000);
      return { seconds: Math.max(0, ...seconds), keys: ['certificate'] };
    },
    stop() {
      isOver = true;
    },
  };
}

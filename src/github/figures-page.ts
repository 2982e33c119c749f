import type { Logger } from 'pino';

/** The page is open to everybody, and a database in trouble is not helped by questions: it is asked this often at most. */
const FRESH_MILLISECONDS = 5_000;

/** Figures as a page, however many ask for it. */
export interface FiguresPage {
  /** JSON with an end of line; undefined when they could not be read, which was logged. */
  text(): Promise<string | undefined>;
}

export function createFiguresPage({
  read,
  log,
  milliseconds = () => performance.now(),
}: {
  read: () => Promise<object>;
  log: Logger;
  /** Real time, which only goes forward. */
  milliseconds?: () => number;
}): FiguresPage {
  let last: { readonly at: number; readonly text: Promise<string | undefined> } | undefined;

  async function readText(): Promise<string | undefined> {
    try {
      return `${JSON.stringify(await read(), null, 2)}\n`;
    } catch (error) {
      log.error({ err: error }, 'the figures could not be read');
      return undefined;
    }
  }

  return {
    async text() {
      const now = milliseconds();
      if (!last || now - last.at >= FRESH_MILLISECONDS) {
        last = { at: now, text: readText() };
      }
      return await last.text;
    },
  };
}

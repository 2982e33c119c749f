import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { BUNDLE_FILE, bundleReaper } from './reaper-package/bundle.ts';
import { zipOf } from './reaper-package/zip.ts';

// The zip that infra/modules/reaper deploys.
const file = fileURLToPath(new URL('../dist/reaper.zip', import.meta.url));
const zip = zipOf(BUNDLE_FILE, await bundleReaper());
await mkdir(fileURLToPath(new URL('../dist', import.meta.url)), { recursive: true });
await writeFile(file, zip);
process.stdout.write(`${file}: ${Math.round(zip.length / 1024)} KiB\n`);

// The runner over standard input and output, with the SDK in a page of headless Chromium. The service has to allow its origin.

import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Batches } from "./batches.js";
import { bundle, HOST, launch, openPage } from "./chromium.js";

interface Bridge {
  gcRead(lines: string): void;
  gcEnd(): Promise<void>;
}

let opened = 0;

/** Gives each session a host name of its own, and with it connections of its own. */
function withOwnHost(line: string): string {
  const operation = JSON.parse(line) as { address?: string };
  if (!operation.address) return line;
  const address = operation.address.replace(/^http:\/\/(127\.0\.0\.1|localhost)(?=:)/, `http://s${++opened}.${HOST}`);
  return JSON.stringify({ ...operation, address });
}

const browser = await launch();
const script = await bundle(fileURLToPath(new URL("page.js", import.meta.url)));
const { page } = await openPage(browser, script, "", { gcWrite: (lines) => void process.stdout.write(`${lines}\n`) });
const input = new Batches((lines) => page.evaluate((lines) => (globalThis as unknown as Bridge).gcRead(lines), lines));
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim()) input.add(withOwnHost(line));
}
await input.empty();
await page.evaluate(() => (globalThis as unknown as Bridge).gcEnd());
await browser.close();
process.exit();

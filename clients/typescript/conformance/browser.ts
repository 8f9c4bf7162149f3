// The runner in headless Chromium: the same core, bundled into a page, over gRPC-Web.

import { createInterface } from "node:readline";
import { openPage } from "./chromium.js";

const browser = await openPage("page.js", (line) => process.stdout.write(`${line}\n`));
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim()) await browser.page.evaluate((line) => window.operation(line), line);
}
await browser.close();

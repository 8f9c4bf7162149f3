// Chromium without a window, and a page of a small server's of our own in it: for the runner and the tests.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";

/** Hosts that are this machine: a browser opens six connections to a host, and each event stream takes one. */
export const HOST = "gc.test";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  `--host-resolver-rules=MAP *.${HOST} 127.0.0.1`,
];

/** A page that is open, and what it came from. */
export interface Opened extends AsyncDisposable {
  readonly page: Page;
  /** Its origin, for `grpc.cors_origins`. */
  readonly origin: string;
}

/** The module at `path` with all that it imports, for browsers. Fails where it needs a module of Node. */
export async function bundle(path: string): Promise<string> {
  const made = await build({ entryPoints: [path], bundle: true, write: false, format: "esm", platform: "browser", target: "es2022" });
  return made.outputFiles[0]?.text ?? "";
}

/** Serves a page of `script`, to be opened by `browser`. `expose` are functions of this process that the page may call. */
export async function openPage(
  browser: Browser,
  script: string,
  body = "",
  expose: Record<string, (given: string) => void> = {},
): Promise<Opened> {
  const html = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">${body}<script type="module" src="/page.js"></script>`;
  const server = createServer((request, response) => {
    const isScript = request.url === "/page.js";
    response.writeHead(200, { "content-type": isScript ? "text/javascript" : "text/html" });
    response.end(isScript ? script : html);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error(error));
  for (const [name, called] of Object.entries(expose)) await page.exposeFunction(name, called);
  await page.goto(origin);
  const close = async () => {
    await page.close();
    server.closeAllConnections();
    server.close();
  };
  return { page, origin, [Symbol.asyncDispose]: close };
}

/** Starts Chromium: CHROMIUM, or Debian's. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: FLAGS });
}

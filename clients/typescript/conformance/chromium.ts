// A page of this package in headless Chromium, served from localhost.

import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium, type Page } from "playwright-core";

/** Keeps Chromium from looking for anything but the page. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** An open page. */
export interface OpenPage {
  page: Page;
  /** Where it was served from: `http://127.0.0.1:port`. */
  origin: string;
  /** The bundle that it runs. */
  script: string;
  close(): Promise<void>;
}

const BLANK = '<!doctype html><title>gc</title><script type="module" src="/page.js"></script>';

/**
 * Bundles a module (its path from this folder, as compiled) and opens a page with it: `html`, which takes it from
 * `/page.js`. What the page says with `say` comes to `heard`.
 */
export async function openPage(
  module: string,
  heard: (line: string) => void = () => undefined,
  html = BLANK,
): Promise<OpenPage> {
  const script = await bundle(module);
  const server = createServer((request, response) => {
    const isScript = request.url === "/page.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? script : html);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch({
    executablePath: process.env["GC_CHROMIUM"] ?? "/usr/bin/chromium",
    args: FLAGS,
  });
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error("page:", error));
  page.on("console", (message) => console.error("page:", message.text()));
  await page.exposeFunction("say", heard);
  await page.goto(origin);
  const close = async () => {
    await browser.close();
    server.close();
  };
  return { page, origin, script, close };
}

/** A module of this folder with all that it imports, for browsers: whatever only Node has would be an error. */
export async function bundle(module: string): Promise<string> {
  const entry = fileURLToPath(new URL(module, import.meta.url));
  const made = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minify: true,
  });
  return made.outputFiles[0]?.text ?? "";
}

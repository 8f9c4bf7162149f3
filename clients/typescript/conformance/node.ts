// The runner over standard input and output, with Node's transport, or with gRPC-Web from Node (--web).

import { createInterface } from "node:readline";
import type { Client } from "../src/index.js";
import { createClient as overHttp2 } from "../src/node.js";
import { createClient as overWeb } from "../src/web.js";
import { clientOptions, Runner, type RunnerOptions } from "./runner.js";

const web = process.argv.includes("--web");

function connect(address: string, options: RunnerOptions): Client {
  if (web) return overWeb(address, clientOptions(options));
  return overHttp2(address, {
    ...clientOptions(options),
    ...(options.ca_pem && { tls: { ca: options.ca_pem } }),
    keepalive: {
      ...(options.keepalive_ms !== undefined && { intervalMs: options.keepalive_ms }),
      ...(options.keepalive_timeout_ms !== undefined && { timeoutMs: options.keepalive_timeout_ms }),
    },
  });
}

const runner = new Runner(connect, (line) => process.stdout.write(`${line}\n`));
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim()) void runner.line(line);
}
await runner.end();

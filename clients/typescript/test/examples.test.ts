// Each example is run as a program against a service, and says what it should. They use the package as it is built.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createClient } from "../src/node.js";
import { type Service, startService } from "../src/testing/index.js";
import { within } from "./support.js";

let service: Service;
before(async () => (service = await startService()));
after(() => service.stop());

/** Runs an example, and gives its lines as they come. */
async function run(
  name: string,
  args: string[],
  play: (line: (text: string) => Promise<string>) => Promise<void>,
): Promise<void> {
  const path = fileURLToPath(new URL(`../examples/${name}.js`, import.meta.url));
  const env = { ...process.env, GC_ADDRESS: service.address };
  const child = spawn(process.execPath, [path, ...args], { env, stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const seek = async (text: string) => {
    const seen: string[] = [];
    for (;;) {
      const next = await lines.next();
      if (next.done) throw new Error(`${name} ended without "${text}": ${seen.join(" | ")}`);
      const line = next.value;
      if (line.includes(text)) return line;
      seen.push(line);
    }
  };
  try {
    await play((text) => within(`${name}: ${text}`, seek(text)));
  } finally {
    child.kill();
  }
}

test("the screen pop tells who calls, with the call's data", async () => {
  await run("screen-pop", [], async (line) => {
    await line("waiting for calls");
    const call = await service.simulator.call("2001", { from: "5554711", variables: { callVariable1: "gold" } });
    assert.equal(await line("calling:"), "calling: 5554711 data: callVariable1=gold");
    await service.simulator.hangUp(call);
  });
});

test("click-to-dial follows its call to the end", async () => {
  await run("click-to-dial", ["5559876"], async (line) => {
    await line("dialling 5559876");
    await line("the call is ACTIVE");
    await line("the call is over");
  });
});

test("click-to-dial tells why a call can't be made", async () => {
  await run("click-to-dial", ["5552222"], async (line) => {
    await line("refused:");
  });
});

test("the wallboard shows team and queues, and a member who becomes ready", async () => {
  await run("wallboard", ["1"], async (line) => {
    await line("agent 1002");
    await line("queue 10");
    await line("watching");
    const client = createClient(service.address);
    const member = await client.connect("1002", "demo");
    await member.login("2002");
    await member.makeReady();
    assert.match(await line("1002 Agent 1002: READY"), /^agent/);
    await client.close();
  });
});

test("the screen pop is short, and README shows just that", async () => {
  const screenPop = await readFile(new URL("../../examples/screen-pop.ts", import.meta.url), "utf8");
  const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  assert.ok(screenPop.trimEnd().split("\n").length <= 25);
  assert.ok(readme.includes(`\`\`\`ts\n${screenPop}\`\`\``));
});

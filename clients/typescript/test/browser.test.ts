// The `./web` build in a page of Chromium, against a service of its own: gRPC-Web over real connections.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { bundle, openPage, type OpenPage } from "../conformance/chromium.js";
import { type Service, startService } from "../src/testing/index.js";
import { consecutive, LIMIT_MS, Proxy } from "./support.js";

let service: Service;
let page: OpenPage;
before(async () => {
  page = await openPage("../test/page.js");
  service = await startService({ args: ["--set", `grpc.cors_origins=${page.origin}`] });
});
after(async () => {
  await page.close();
  await service.stop();
});

/** Waits until the page's log holds a line that ends so. */
function logged(end: string) {
  return page.page.waitForFunction((end) => window.log.some((line) => line.endsWith(end)), end, { timeout: LIMIT_MS });
}

test("a page follows an agent, commands, is cut off, and resumes without a loss", async () => {
  await using proxy = await Proxy.to(service);
  await page.page.evaluate((address) => window.start(address), proxy.address);
  await page.page.evaluate(async () => {
    await window.session.login("2001");
    await window.session.makeReady();
  });
  await logged("agentStateChanged");
  proxy.cut();
  await logged("RECONNECTING");
  const call = await service.simulator.call("8010");
  proxy.pass();
  await logged("CONNECTED");
  await logged("dialogOffered");
  await page.page.evaluate((call) => window.session.answerCall(call), call);
  await service.simulator.hangUp(call);
  await logged("dialogEnded");
  const log = await page.page.evaluate(() => window.log);
  assert.equal(log[0], "snapshot");
  assert.ok(!log.includes("reset"), log.join());
  const sequences = log.flatMap((line) => (/^\d/.test(line) ? [BigInt(line.split(" ")[0] ?? "")] : []));
  assert.ok(sequences.length > 4 && consecutive(sequences), log.join());
  const refusal = await page.page.evaluate(async () => {
    const error = (await window.session.holdCall("4711").catch((error: unknown) => error)) as {
      name: string;
      command: string;
    };
    await window.session.close();
    const closed = (await window.session.makeReady().catch((error: unknown) => error)) as { reasonName: string };
    return [error.name, error.command, closed.reasonName];
  });
  assert.deepEqual(refusal, ["GcError", "HoldCall", "NOT_CONNECTED"]);
});

test("a page of an origin that is not listed is refused", async () => {
  const other = await openPage("../test/page.js");
  try {
    const start = other.page.evaluate((address) => window.start(address), service.address);
    await assert.rejects(start, /GcError/);
  } finally {
    await other.close();
  }
});

test("the bundle for browsers holds no module of Node, and needs none", async () => {
  const script = await bundle("../src/web.js");
  // The bundler itself refuses what it can't resolve for browsers.
  assert.ok(!/from\s*"node:|require\(|Http2SessionManager/.test(script));
  assert.ok(script.length < 400_000, `${script.length} bytes`);
});

test("the example page draws who calls", async () => {
  const html = await readFile(new URL("../../examples/web/index.html", import.meta.url), "utf8");
  const example = await openPage("../examples/web/page.js", undefined, html);
  await using open = await startService({ args: ["--set", `grpc.cors_origins=${example.origin}`] });
  const shown = example.page;
  await shown.fill("[name=address]", open.address);
  await shown.fill("[name=agent]", "1002");
  await shown.fill("[name=extension]", "2002");
  await shown.fill("[name=password]", "wrong");
  await shown.click("button");
  await shown.getByText("AUTHORIZATION_FAILURE").waitFor({ timeout: LIMIT_MS });
  await shown.fill("[name=password]", "demo");
  await shown.click("button");
  await shown.getByText("NOT_READY").waitFor({ timeout: LIMIT_MS });
  await open.simulator.call("2002", { from: "5554711", variables: { callVariable1: "gold" } });
  await shown.getByText(/5554711 ALERTING callVariable1=gold/).waitFor({ timeout: LIMIT_MS });
  await example.close();
});

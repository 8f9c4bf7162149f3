// An observer: an agent comes, over a cut, and a wrong key ends it.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { inspect } from "node:util";
import type { ObserverItem } from "../src/index.js";
import { createClient } from "../src/node.js";
import { type Service, startService } from "../src/testing/index.js";
import { Proxy, within } from "./support.js";

const KEY = "the key of the wallboard";

let folder: string;
let service: Service;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "observer-"));
  const hash = createHash("sha256").update(KEY).digest("hex");
  const member = `[[auth.members]]\nname = "wallboard"\napi_key_sha256 = "${hash}"\nrole = "service"\nobserve = ["*"]\n`;
  await writeFile(join(folder, "service.toml"), member);
  service = await startService({ args: ["--config", join(folder, "service.toml")] });
});
after(async () => {
  await service.stop();
  await rm(folder, { recursive: true });
});

/** Reads until an item for which `is` holds. */
function seek(items: AsyncIterator<ObserverItem>, what: string, is: (item: ObserverItem) => boolean): Promise<void> {
  const search = async () => {
    for (;;) {
      const next = await items.next();
      assert.ok(next.done !== true, `${what}: it ended`);
      assert.notEqual(next.value.kind, "reset");
      if (is(next.value)) return;
    }
  };
  return within(what, search());
}

test("an observer sees an agent come, and goes on after a cut where it was", async () => {
  await using proxy = await Proxy.to(service);
  await using client = createClient(proxy.address, { backoff: { firstMs: 10, longestMs: 100 } });
  const observer = client.observe({ apiKey: KEY, all: true });
  const items = observer.events();
  await using desk = createClient(service.address);
  const agent = await desk.connect("1001", "demo");
  await seek(items, "snapshot", (item) => item.kind === "snapshot" && item.agentId === "1001");
  proxy.cut();
  await seek(
    items,
    "RECONNECTING",
    ({ kind }) => kind === "connection" && observer.connection.state === "RECONNECTING",
  );
  await agent.login("2001");
  proxy.pass();
  await seek(items, "the sign-in", (item) => item.kind === "event" && item.event.payload.case === "agentStateChanged");
  assert.equal(observer.views.get("1001")?.status?.extension, "2001");
  assert.equal(observer.connection.state, "CONNECTED");
  await observer.close();
  assert.equal(observer.cause, undefined);
});

test("an observer with a wrong key ends, and shows no key", async () => {
  await using client = createClient(service.address);
  const observer = client.observe({ apiKey: "swordfish", all: true });
  const ended = async () => {
    for await (const item of observer.events()) assert.equal(item.kind, "connection");
  };
  await within("the end", ended());
  assert.equal(observer.cause?.reasonName, "AUTHORIZATION_FAILURE");
  assert.doesNotMatch(inspect(observer, { depth: 12, showHidden: true }), /swordfish/);
});

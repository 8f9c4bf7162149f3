// What reaches the service, as one that is made for the test notes it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { create } from "@bufbuild/protobuf";
import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { Client } from "../src/client.js";
import { EventService } from "../src/gen/gc/v1/event_pb.js";
import { CommandOptionsSchema } from "../src/gen/gc/v1/types_pb.js";
import { AgentService } from "../src/index.js";
import { within } from "./support.js";

/** A service of which the first MakeReady breaks off, and the calls it got. */
function noting() {
  const calls: string[] = [];
  const requestIds: string[] = [];
  const transport = createRouterTransport(({ service }) => {
    service(AgentService, {
      connect: () => ({ token: "t", epoch: 7n, snapshot: { agentId: "1001", epoch: 7n, sequence: 1n, cursor: "c1" } }),
      makeReady: ({ options }) => {
        requestIds.push(options?.requestId ?? "");
        assert.equal(options?.epoch, 7n);
        if (requestIds.length === 1) throw new ConnectError("broken", Code.Unavailable);
        return {};
      },
      disconnect: () => {
        calls.push("disconnect");
        return {};
      },
    });
    service(EventService, {
      async *subscribe(_, { signal }) {
        yield { message: { case: "heartbeat", value: {} } };
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
      },
    });
  });
  return { calls, requestIds, client: new Client(transport, { backoff: { firstMs: 1, longestMs: 2 } }) };
}

test("attempts of a command have one request id, commands have each their own", async () => {
  const { client, requestIds } = noting();
  const session = await client.connect("1001", "demo");
  const options = create(CommandOptionsSchema);
  await session.makeReady({ request: { options } });
  await session.makeReady({ request: { options } });
  await session.makeReady({ requestId: "mine" });
  const [first, again, second, third] = requestIds;
  assert.match(first ?? "", /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(again, first);
  assert.notEqual(second, first);
  assert.equal(third, "mine");
  assert.equal(options.requestId, "", "what the caller gave stays as it is");
  await client.close();
});

test("a session that is closed calls Disconnect, and then its loops end", async () => {
  const { client, calls } = noting();
  const session = await client.connect("1001", "demo");
  const loop = (async () => {
    for await (const item of session.events()) calls.push(item.kind);
    calls.push("end");
    await client.close();
  })();
  await session.close();
  await within("the end", loop);
  assert.ok(calls.includes("disconnect") && calls.indexOf("disconnect") < calls.indexOf("end"), calls.join());
});

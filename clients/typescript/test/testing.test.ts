// The helper that starts services for tests.

import assert from "node:assert/strict";
import { test } from "node:test";
import { SystemStatus } from "../src/index.js";
import { createClient } from "../src/node.js";
import { startService } from "../src/testing/index.js";

test("a service starts, restarts at the same address with another simulator, and stops", async () => {
  const service = await startService();
  const { address, simulator } = service;
  await using client = createClient(address);
  assert.equal(await client.hello(), SystemStatus.IN_SERVICE);
  await service.restart();
  assert.equal(service.address, address);
  assert.notEqual(service.simulator, simulator);
  await service.simulator.world();
  await service.stop();
  await service.stop();
  await assert.rejects(service.simulator.world());
});

test("a service that can't start says why", async () => {
  await assert.rejects(
    startService({ args: ["--set", "grpc.nothing=1"] }),
    /did not start: .*ended with[^]*grpc\.nothing/,
  );
  await assert.rejects(startService({ binary: "no-such-binary" }), /no-such-binary did not start/);
});

test("a refused operation of the simulator throws its words", async () => {
  await using service = await startService();
  await assert.rejects(service.simulator.hangUp("4711"), /refused POST \/calls\/4711\/hangup: 409/);
});

// A session against a service with the simulator, over real sockets.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { inspect } from "node:util";
import { AgentState, ErrorReason, GcError, ResetReason, type AgentSession } from "../src/index.js";
import { createClient, type NodeClientOptions } from "../src/node.js";
import { type Service, startService } from "../src/testing/index.js";
import { consecutive, Log, Proxy, within } from "./support.js";

const QUICK: NodeClientOptions = { backoff: { firstMs: 10, longestMs: 100 } };

let service: Service;
before(async () => (service = await startService()));
after(() => service.stop());

/** A signed-in agent of a client of its own. */
async function signedIn(agent: number, address = service.address, options = QUICK) {
  const client = createClient(address, options);
  const session = await client.connect(String(agent), "demo");
  await session.login(String(agent + 1000));
  return { session, log: new Log(session), [Symbol.asyncDispose]: () => client.close() };
}

const stateOf = (session: AgentSession) => session.view.status?.state;

test("a day: a customer's call from the offer to its end, and the view has it all", async () => {
  await using agent = await signedIn(1001);
  const { session, log } = agent;
  assert.equal(stateOf(session), AgentState.NOT_READY);
  await session.makeReady();
  assert.equal(stateOf(session), AgentState.READY);
  const call = await service.simulator.call("8010", { variables: { callVariable1: "gold" } });
  await log.event("dialogOffered");
  assert.equal(session.view.dialogs[0]?.id, call);
  assert.ok(session.view.dialogs[0].variables.some(({ value }) => value === "gold"));
  await session.answerCall(call);
  await log.state(AgentState.TALKING);
  assert.equal(stateOf(session), AgentState.TALKING);
  await session.holdCall(call);
  assert.ok(session.view.dialogs[0].allowedActions.includes("RETRIEVE"));
  await session.retrieveCall(call);
  await session.releaseCall(call);
  await log.event("dialogEnded");
  assert.deepEqual(session.view.dialogs, []);
  assert.equal(log.items[0]?.kind, "snapshot");
  assert.ok(consecutive(log.sequences));
});

test("a refusal is typed, with Finesse's own words", async () => {
  await using agent = await signedIn(1002);
  const refused = await agent.session.holdCall("4711").catch((error: unknown) => error);
  assert.ok(refused instanceof GcError);
  assert.equal(refused.command, "HoldCall");
  assert.equal(refused.retryable, false);
  assert.match(refused.requestId, /^[0-9a-f-]{36}$/);
  await service.simulator.fault({
    kind: "async_error",
    user: "1002",
    action: "READY",
    error: { error_type: "Generic Error", message: "no luck today", data: "4711" },
  });
  const failed = await agent.session.makeReady().catch((error: unknown) => error);
  assert.ok(failed instanceof GcError);
  assert.equal(failed.finesse?.errorMessage, "no luck today");
});

test("a cut connection is resumed, and nothing is lost", async () => {
  await using proxy = await Proxy.to(service);
  await using agent = await signedIn(1003, proxy.address);
  const { session, log } = agent;
  proxy.cut();
  await log.connection("RECONNECTING");
  const call = await service.simulator.call("2003");
  await service.simulator.hangUp(call);
  const late = session.makeReady();
  proxy.pass();
  await log.connection("CONNECTED");
  await log.event("dialogOffered");
  await log.event("dialogEnded");
  await late;
  await log.state(AgentState.READY);
  assert.ok(consecutive(log.sequences));
  assert.ok(!log.items.some(({ kind }) => kind === "reset"));
});

test("a command whose answer was cut off is carried out once", async () => {
  await using proxy = await Proxy.to(service);
  await using agent = await signedIn(1004, proxy.address);
  await service.simulator.fault({ kind: "delay", user: "1004", action: "READY", ms: 500 });
  const ready = agent.session.makeReady({ requestId: "5f0c3f6e-5a3f-4a55-8d4c-0d7c9f0b1a11" });
  await agent.log.event("agentStateChanged");
  proxy.cut();
  await agent.log.connection("RECONNECTING");
  proxy.pass();
  await ready;
  const world = (await service.simulator.world()) as { requests: Record<string, Record<string, number>> };
  assert.equal(world.requests["1004"]?.["READY"], 1);
});

test("a consumer that does not read loses what waited, is told so, and slows nobody", async () => {
  await using agent = await signedIn(1005, service.address, { ...QUICK, eventBuffer: 4 });
  const { session, log } = agent;
  const slow = session.events();
  const read = async () => {
    const next = await slow.next();
    assert.ok(next.done !== true);
    return next.value;
  };
  assert.equal((await read()).kind, "snapshot");
  for (let times = 0; times < 4; times++) {
    await session.makeReady();
    await session.makeNotReady();
  }
  const behind = await read();
  assert.ok(behind.kind === "reset" && behind.reset.reason === ResetReason.CONSUMER_BEHIND);
  const picture = await read();
  assert.ok(picture.kind === "snapshot");
  let { sequence } = picture.snapshot;
  while (sequence < session.view.sequence) {
    const item = await read();
    assert.ok(item.kind === "event");
    assert.equal(item.event.sequence, sequence + 1n);
    sequence = item.event.sequence;
  }
  assert.ok(consecutive(log.sequences));
  assert.ok(!log.items.some(({ kind }) => kind === "reset"));
});

test("a command has a deadline, and can be given up", async () => {
  await using agent = await signedIn(1006);
  await service.simulator.fault({ kind: "silent", user: "1006", action: "READY", times: 2 });
  const late = await agent.session.makeReady({ timeoutMs: 300 }).catch((error: unknown) => error);
  assert.ok(late instanceof GcError);
  assert.equal(late.reason, ErrorReason.OUTCOME_UNKNOWN);
  const abort = new AbortController();
  const given = agent.session.makeReady({ signal: abort.signal });
  abort.abort(new Error("never mind"));
  await assert.rejects(given, /never mind/);
});

test("close ends loops after what waits for them, and signs nobody out", async () => {
  const client = createClient(service.address, QUICK);
  const session = await client.connect("1007", "demo");
  await session.login("2007");
  const log = new Log(session);
  await session.makeReady();
  await session.close();
  await within("the end", log.ended);
  assert.equal(session.connection.state, "CLOSED");
  assert.equal(session.cause, undefined);
  assert.equal(log.items.at(-1)?.kind, "connection");
  await assert.rejects(session.makeReady(), { reason: ErrorReason.NOT_CONNECTED });
  const again = await client.connect("1007", "demo");
  assert.equal(stateOf(again), AgentState.READY);
  await client.close();
  await assert.rejects(client.connect("1007", "demo"), GcError);
});

test("a wrong password is refused at once, and shown nowhere", async () => {
  await using client = createClient(service.address, QUICK);
  const refused = await client.connect("1008", "swordfish").catch((error: unknown) => error);
  assert.ok(refused instanceof GcError);
  assert.equal(refused.reason, ErrorReason.AUTHORIZATION_FAILURE);
  const session = await client.connect("1008", "demo");
  for (const shown of [refused, client, session]) {
    assert.doesNotMatch(inspect(shown, { depth: 12, showHidden: true }), /swordfish|"demo"|'demo'/);
  }
});

test("a service that is not there is told as unreachable", async () => {
  await using client = createClient("http://127.0.0.1:1", QUICK);
  await assert.rejects(client.hello(), { reason: ErrorReason.SERVICE_UNREACHABLE, retryable: true });
});

test("after a restart of the service the session connects anew, and the picture begins again", async () => {
  await using own = await startService();
  await using agent = await signedIn(1001, own.address);
  const { session, log } = agent;
  const { epoch } = session.view;
  await own.restart({ kill: true });
  await log.connection("RECONNECTING");
  await log.find("a reset", ({ kind }) => kind === "reset");
  await log.find("a snapshot", ({ kind }) => kind === "snapshot");
  assert.notEqual(session.view.epoch, epoch);
  await session.login("2001");
  assert.equal(stateOf(session), AgentState.NOT_READY);
  // With notice it says first that it is about to stop.
  await own.restart();
  await log.connection("DRAINING");
  await log.connection("CONNECTED");
});

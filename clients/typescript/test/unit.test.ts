// What needs no service: back-off, the picture, errors and their details, a consumer's queue.

import assert from "node:assert/strict";
import { test } from "node:test";
import { create } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { Backoff, delay, linked } from "../src/backoff.js";
import { Client } from "../src/client.js";
import { Consumers } from "../src/consumer.js";
import { readErrorInfo, readRetryDelay } from "../src/details.js";
import { AgentService } from "../src/gen/gc/v1/agent_pb.js";
import { EventSchema, StaleSchema } from "../src/gen/gc/v1/event_pb.js";
import { ErrorReason, GcError, Retry, SnapshotSchema, StaleReason } from "../src/index.js";
import { settings } from "../src/options.js";
import { afterEvent, afterStale, fromSnapshot, toSnapshot } from "../src/view.js";

test("delays double between a half and the whole, up to the longest, and begin anew", () => {
  let random = 0;
  const backoff = new Backoff({ firstMs: 100, longestMs: 1000 }, () => random);
  assert.deepEqual(
    [1, 2, 3, 4, 5].map(() => backoff.next()),
    [50, 100, 200, 400, 500],
  );
  random = 0.999999;
  assert.ok(backoff.next() > 999);
  assert.equal(backoff.next(5000), 5000, "the service's advice is a lower bound");
  backoff.reset();
  assert.ok(backoff.next() <= 100);
});

test("a delay ends with its signal", async () => {
  const stop = new AbortController();
  const waited = delay(60_000, undefined, stop.signal);
  stop.abort();
  await waited;
  await delay(60_000, stop.signal);
});

test("linked signals follow until they are unlinked", () => {
  const one = new AbortController();
  const { controller, unlink } = linked(one.signal, undefined);
  unlink();
  one.abort();
  assert.equal(controller.signal.aborted, false);
  assert.equal(linked(one.signal).controller.signal.aborted, true);
});

const snapshot = create(SnapshotSchema, { agentId: "1001", epoch: 7n, sequence: 4n, cursor: "c4" });

test("the picture follows events, and none of it is ever changed", () => {
  const first = fromSnapshot(snapshot);
  const event = (sequence: bigint, payload: object) =>
    create(EventSchema, { agentId: "1001", sequence, cursor: `c${sequence}`, payload: payload as never });
  const dialog = (id: string, fromAddress: string) => ({ dialog: { id, fromAddress } });
  const offered = afterEvent(first, event(5n, { case: "dialogOffered", value: dialog("1", "555") }));
  const second = afterEvent(offered, event(6n, { case: "dialogOffered", value: dialog("2", "556") }));
  const changed = afterEvent(second, event(7n, { case: "dialogChanged", value: dialog("1", "557") }));
  const ended = afterEvent(changed, event(8n, { case: "dialogEnded", value: dialog("1", "557") }));
  assert.deepEqual(first.dialogs, []);
  assert.deepEqual(
    changed.dialogs.map(({ id, fromAddress }) => [id, fromAddress]),
    [
      ["1", "557"],
      ["2", "556"],
    ],
  );
  assert.deepEqual(
    ended.dialogs.map(({ id }) => id),
    ["2"],
  );
  assert.equal(ended.sequence, 8n);
  assert.equal(ended.cursor, "c8");
  const stale = afterStale(ended, create(StaleSchema, { reason: StaleReason.LINK_LOST }));
  assert.equal(stale.stale, StaleReason.LINK_LOST);
  assert.equal(afterStale(stale, create(StaleSchema)).stale, undefined);
  assert.deepEqual(fromSnapshot(toSnapshot(stale)), stale);
});

/** An ErrorInfo as it travels. */
function errorInfo(reason: string, domain: string, metadata: Record<string, string>): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.LengthDelimited).string(reason);
  writer.tag(2, WireType.LengthDelimited).string(domain);
  for (const [key, value] of Object.entries(metadata)) {
    writer.tag(3, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(key).tag(2, WireType.LengthDelimited).string(value);
    writer.join();
  }
  // A field of a later release.
  return writer.tag(9, WireType.Varint).uint32(1).finish();
}

function retryInfo(seconds: number, nanos: number): Uint8Array {
  const writer = new BinaryWriter().tag(1, WireType.LengthDelimited).fork();
  return writer.tag(1, WireType.Varint).int64(seconds).tag(2, WireType.Varint).int32(nanos).join().finish();
}

test("details are read, and what is no detail is none", () => {
  const metadata = { retry: "AFTER_DELAY", error_type: "Generic Error" };
  assert.deepEqual(readErrorInfo(errorInfo("BUSY", "gc.v1", metadata)), { reason: "BUSY", domain: "gc.v1", metadata });
  assert.equal(readRetryDelay(retryInfo(1, 500_000_001)), 1501);
  const cut = errorInfo("BUSY", "gc.v1", metadata).subarray(0, 9);
  assert.equal(readErrorInfo(cut), undefined);
  assert.equal(readRetryDelay(Uint8Array.of(0x0a, 0xff)), undefined);
});

function status(info: Uint8Array, code = Code.FailedPrecondition): ConnectError {
  const error = new ConnectError("no", code);
  error.details = [
    { type: "google.rpc.ErrorInfo", value: info },
    { type: "type.googleapis.com/google.rpc.RetryInfo", value: retryInfo(2, 0) },
  ];
  return error;
}

test("an error of the service is read whole", () => {
  const metadata = { retry: "AFTER_DELAY", error_type: "Generic Error", http_status: "503" };
  const error = GcError.of(status(errorInfo("SHUTTING_DOWN", "gc.v1", metadata)), "HoldCall", "r1");
  assert.equal(error.reason, ErrorReason.SHUTTING_DOWN);
  assert.equal(error.retry, Retry.AFTER_DELAY);
  assert.ok(error.retryable && error.ofService);
  assert.equal(error.retryAfterMs, 2000);
  assert.deepEqual(error.finesse, { errorType: "Generic Error", httpStatus: "503" });
  assert.deepEqual([error.command, error.requestId], ["HoldCall", "r1"]);
  assert.equal(GcError.of(error), error);
});

test("a reason of a later release keeps its name, and no name of an object is taken for one", () => {
  for (const name of ["NEW_REASON", "constructor", "1"]) {
    const error = GcError.of(status(errorInfo(name, "gc.v1", { retry: "toString" })));
    assert.equal(error.reason, ErrorReason.UNSPECIFIED);
    assert.equal(error.reasonName, name);
    assert.equal(error.retryable, false);
  }
});

test("what the service did not say is SERVICE_UNREACHABLE", () => {
  for (const thrown of [status(errorInfo("BUSY", "other", {}), Code.Unavailable), new Error("x"), "x", undefined]) {
    const error = GcError.of(thrown);
    assert.equal(error.reason, ErrorReason.SERVICE_UNREACHABLE);
    assert.ok(error.retryable && !error.ofService);
    assert.equal(error.finesse, undefined);
  }
});

test("a consumer gets items in order, loses them all when too many wait beside its picture, and then goes on", async () => {
  const consumers = new Consumers<string>(3);
  const consumer = consumers.open(["first"], () => ["reset", "picture"]);
  const read = async () => (await consumer.next()).value as string;
  const waits = read();
  assert.equal(await waits, "first");
  for (const item of ["1", "2", "3", "4"]) consumers.push(item, true);
  assert.equal(await read(), "1");
  // "6" is part of what replaces "2" to "5", and what replaces that says nothing of "unpictured".
  for (const item of ["5", "6"]) consumers.push(item, true);
  assert.deepEqual([await read(), await read()], ["reset", "picture"]);
  for (const item of ["1", "2", "3", "4", "5"]) consumers.push(item, true);
  consumers.push("unpictured", false);
  assert.deepEqual([await read(), await read(), await read()], ["reset", "picture", "unpictured"]);
  consumers.push("last", true);
  consumers.end();
  consumers.push("too late", true);
  assert.equal(await read(), "last");
  assert.equal((await consumer.next()).done, true);
});

test("a picture larger than the queue is no reason to be behind", async () => {
  const consumers = new Consumers<number>(2);
  const consumer = consumers.open([1, 2, 3, 4, 5], () => [-1, -2, -3, -4, -5]);
  const read = async (count: number) => {
    const items: number[] = [];
    while (items.length < count) items.push((await consumer.next()).value as number);
    return items;
  };
  for (const item of [6, 7]) consumers.push(item, true);
  assert.deepEqual(await read(7), [1, 2, 3, 4, 5, 6, 7]);
  // Seven may wait; the eighth is part of the picture that replaces them, and beside that there is room for two again.
  for (const item of [1, 2, 3, 4, 5, 6, 7, 8]) consumers.push(item, true);
  for (const item of [9, 10]) consumers.push(item, true);
  assert.deepEqual(await read(7), [-1, -2, -3, -4, -5, 9, 10]);
});

test("a consumer ends with its signal and with its loop, and late ones get what is there", async () => {
  const consumers = new Consumers<string>(3);
  const stop = new AbortController();
  const consumer = consumers.open(["first"], () => [], stop.signal);
  const left = consumers.open(["first"], () => []);
  for await (const item of left) if (item === "first") break;
  assert.equal((await left.next()).done, true);
  await consumer.next();
  const waits = consumer.next();
  stop.abort();
  assert.equal((await waits).done, true);
  consumers.end();
  const late = consumers.open(["picture"], () => []);
  assert.equal((await late.next()).value, "picture");
  assert.equal((await late.next()).done, true);
});

test("what is opened while the client closes is closed, too", async () => {
  let answer: () => void = () => undefined;
  const answered = new Promise<void>((resolve) => (answer = resolve));
  const asked: string[] = [];
  const transport = createRouterTransport(({ rpc }) => {
    rpc(AgentService.method.connect, async () => {
      await answered;
      return { token: "token", snapshot };
    });
    rpc(AgentService.method.disconnect, () => {
      asked.push("Disconnect");
      return {};
    });
  });
  const client = new Client(transport);
  const late = client.connect("1001", "demo");
  await client.close();
  answer();
  await assert.rejects(late, (error) => error instanceof GcError && error.reason === ErrorReason.NOT_CONNECTED);
  assert.deepEqual(asked, ["Disconnect"]);
  const observer = client.observe({ apiKey: "key", all: true });
  for await (const item of observer.events()) assert.equal(item.kind, "connection");
  assert.equal(observer.connection.state, "CLOSED");
});

test("settings have the defaults of the contract", () => {
  assert.deepEqual(settings({}, false), {
    clientName: "",
    metadata: {},
    connectTimeoutMs: 30_000,
    commandTimeoutMs: undefined,
    backoff: { firstMs: 250, longestMs: 15_000 },
    silenceTimeoutMs: 45_000,
    eventBuffer: 1024,
    repeats: false,
  });
});

// An event stream that is opened anew whenever it ends, until it is stopped. It knows nothing of agents.

import { create } from "@bufbuild/protobuf";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code, type Transport } from "@connectrpc/connect";
import { Backoff, delay, linked } from "./backoff.js";
import { GcError, unreachable } from "./errors.js";
import { ErrorReason } from "./gen/gc/v1/error_pb.js";
import { EventService, SubscribeRequestSchema, type SubscribeResponse } from "./gen/gc/v1/event_pb.js";
import type { Settings } from "./options.js";

/** What a subscription asks its owner. */
export interface Owner {
  /** What to subscribe to, with the cursors so far. */
  request(): MessageInitShape<typeof SubscribeRequestSchema>;
  /** The headers of the call. */
  headers(): Record<string, string>;
  /** The stream is open: its first message came. */
  connected(): void;
  /** One message. Throws when it can't be taken: the stream is opened anew. */
  message(message: SubscribeResponse): void;
  /** The stream broke. */
  broken(error: GcError): void;
  /** Before the next attempt; throws when there can be none. */
  recover(error: GcError): Promise<void>;
}

/** Refusals of a stream after which another attempt can only be refused again. */
const FINAL = new Set([ErrorReason.PERMISSION_DENIED, ErrorReason.INVALID_INPUT, ErrorReason.NOT_IMPLEMENTED]);

/** Keeps a stream open until `stop` is aborted. Throws what makes further attempts useless. */
export async function keepSubscribed(
  transport: Transport,
  settings: Settings,
  owner: Owner,
  stop: AbortSignal,
): Promise<void> {
  const backoff = new Backoff(settings.backoff);
  while (!stop.aborted) {
    let error: GcError;
    try {
      await subscribe(transport, settings, owner, stop, () => backoff.reset());
      error = unreachable("the event stream ended", Code.Unavailable, "Subscribe");
    } catch (thrown) {
      error = GcError.of(thrown, "Subscribe");
    }
    if (stop.aborted) return;
    owner.broken(error);
    if (error.ofService && FINAL.has(error.reason)) throw error;
    await delay(backoff.next(error.retryAfterMs), stop);
    if (!stop.aborted) await owner.recover(error);
  }
}

async function subscribe(
  transport: Transport,
  settings: Settings,
  owner: Owner,
  stop: AbortSignal,
  heard: () => void,
): Promise<void> {
  const { controller, unlink } = linked(stop);
  const { signal } = controller;
  let silence: GcError | undefined;
  const cut = (what: string) => () => {
    silence = unreachable(what, Code.DeadlineExceeded, "Subscribe");
    controller.abort(silence);
  };
  let timer = setTimeout(cut("the event stream did not begin"), settings.connectTimeoutMs);
  try {
    const request = create(SubscribeRequestSchema, owner.request());
    const headers = owner.headers();
    const response = await transport.stream(EventService.method.subscribe, signal, undefined, headers, once(request));
    let first = true;
    for await (const message of response.message) {
      clearTimeout(timer);
      timer = setTimeout(cut("nothing came on the event stream"), settings.silenceTimeoutMs);
      if (signal.aborted) break;
      if (first) {
        first = false;
        heard();
        owner.connected();
      }
      owner.message(message);
    }
  } catch (thrown) {
    throw silence ?? thrown;
  } finally {
    clearTimeout(timer);
    unlink();
    // Whatever ended the loop, the call must not go on behind it.
    controller.abort();
  }
}

// eslint-disable-next-line @typescript-eslint/require-await
async function* once<T>(value: T): AsyncIterable<T> {
  yield value;
}

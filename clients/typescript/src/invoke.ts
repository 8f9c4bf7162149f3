// One command from its first attempt to its outcome: what is repeated, what never is, and what is said at the deadline.

import {
  clone,
  create,
  type DescMessage,
  type DescMethodUnary,
  type Message,
  type MessageInitShape,
  type MessageShape,
} from "@bufbuild/protobuf";
import { Code, type Transport } from "@connectrpc/connect";
import { Backoff, delay, linked } from "./backoff.js";
import type { Connector } from "./connector.js";
import { GcError, outcomeUnknown, unreachable } from "./errors.js";
import { ErrorReason } from "./gen/gc/v1/error_pb.js";
import { type CommandOptions, CommandOptionsSchema } from "./gen/gc/v1/types_pb.js";
import type { CallOptions, Settings } from "./options.js";

/** How long a command may take by default; a nailed-up sign-in waits for the agent to pick up the phone. */
const COMMAND_MS = 30_000;
const MOBILE_LOGIN_MS = 85_000;

/** Ends of an attempt that say nothing of the command: the way to the service broke. */
const BROKEN = new Set([Code.Unavailable, Code.Internal, Code.Unknown, Code.Canceled, Code.Aborted]);

/** Calls a method of a session. `stop` is its end, `lost` the error that is given then. */
export async function carryOut<I extends DescMessage, O extends DescMessage>(
  transport: Transport,
  settings: Settings,
  connector: Connector,
  stop: AbortSignal,
  lost: (requestId: string) => GcError,
  method: DescMethodUnary<I, O>,
  request: MessageInitShape<I>,
  options: CallOptions<I>,
): Promise<MessageShape<O>> {
  const command = method.name;
  const message = create(method.input, request);
  const changing = method.input.fields.some((field) => field.name === "options");
  const epoch = stop.aborted ? 0n : connector.reply.epoch;
  const requestId = changing ? complete(message, options, epoch) : "";
  const usual = settings.commandTimeoutMs ?? (command === "MobileAgentLogin" ? MOBILE_LOGIN_MS : COMMAND_MS);
  const deadline = performance.now() + (options.timeoutMs ?? usual);
  const left = () => deadline - performance.now();
  const late = (why: string, code: Code) =>
    changing ? outcomeUnknown(why, command, requestId) : unreachable(why, code, command);
  const { signal } = options;
  const { controller, unlink } = linked(stop, signal);
  const abort = controller.signal;
  const backoff = new Backoff(settings.backoff);
  let ambiguous = false;
  let refusal: GcError | undefined;
  try {
    for (;;) {
      signal?.throwIfAborted();
      if (stop.aborted)
        throw ambiguous && changing ? outcomeUnknown("the session ended", command, requestId) : lost(requestId);
      if (changing && connector.reply.epoch !== epoch) {
        // What an earlier session may have carried out is not sent to another.
        throw ambiguous || !refusal
          ? outcomeUnknown("the session was replaced by another", command, requestId)
          : refusal;
      }
      if (left() <= 0) throw late("no answer in time", Code.DeadlineExceeded);
      const token = connector.reply.token;
      try {
        const reply = await transport.unary(method, abort, Math.ceil(left()), connector.headers(), message);
        return reply.message;
      } catch (thrown) {
        signal?.throwIfAborted();
        const error = GcError.of(thrown, command, requestId);
        // Where calls are repeated unseen, a refusal does not tell that an attempt before it was not carried out.
        if (settings.repeats) ambiguous = true;
        if (stop.aborted) {
          ambiguous = true;
        } else if (!error.ofService && error.code === Code.DeadlineExceeded) {
          throw late("no answer in time", error.code);
        } else if (!error.ofService && BROKEN.has(error.code)) {
          ambiguous = true;
          await delay(Math.min(backoff.next(error.retryAfterMs), left()), abort);
        } else if (error.reason === ErrorReason.SHUTTING_DOWN) {
          refusal = expired(error, command, requestId);
          await delay(Math.min(backoff.next(error.retryAfterMs), left()), abort);
        } else if (connector.isRefused(error)) {
          refusal = error.reason === ErrorReason.SESSION_EXPIRED ? error : expired(error, command, requestId);
          await soon(connector.again(token, stop), left(), abort);
        } else {
          throw error;
        }
      }
    }
  } finally {
    unlink();
  }
}

/** Fills a changing command's options, and returns its request id. */
function complete(message: Message, options: CallOptions, epoch: bigint): string {
  const command = message as Message & { options?: CommandOptions };
  // The caller's own stays as it is: with the next call it would name this one's request.
  const given = command.options ? clone(CommandOptionsSchema, command.options) : create(CommandOptionsSchema);
  given.requestId = options.requestId ?? (given.requestId || uuid());
  given.epoch ??= epoch;
  if (options.expectedVersion !== undefined) given.expectedVersion = options.expectedVersion;
  if (options.wait !== undefined) given.wait = options.wait;
  command.options = given;
  return given.requestId;
}

/** The service did not take the command, and another session came in its place. */
function expired(error: GcError, command: string, requestId: string): GcError {
  const { code, message, retry } = error;
  return new GcError({ reason: ErrorReason.SESSION_EXPIRED, code, message, retry, command, requestId });
}

/** Waits for a Connect, for so long at most. */
async function soon(connected: Promise<void>, ms: number, abort: AbortSignal): Promise<void> {
  const { controller, unlink } = linked(abort);
  // A refusal for good ends the session, and that tells who waits here.
  await Promise.race([connected.catch(() => undefined), delay(ms, controller.signal)]);
  controller.abort();
  unlink();
}

/** A random UUID. crypto.randomUUID is missing from pages that came over plain HTTP. */
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

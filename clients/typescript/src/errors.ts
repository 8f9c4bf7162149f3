// Why a call failed: one error type with the service's reason, and what a retry would be worth.

import { Code, ConnectError } from "@connectrpc/connect";
import { readErrorInfo, readRetryDelay } from "./details.js";
import { ErrorReason } from "./gen/gc/v1/error_pb.js";
import { Retry } from "./gen/gc/v1/options_pb.js";

/** What Finesse itself said. */
export interface FinesseError {
  errorType?: string;
  errorMessage?: string;
  errorData?: string;
  peripheralCode?: string;
  peripheralMessage?: string;
  httpStatus?: string;
}

/** What a {@link GcError} is made of. */
export interface ErrorParts {
  reason: ErrorReason;
  reasonName?: string;
  code: Code;
  message: string;
  retry: Retry;
  retryAfterMs?: number;
  metadata?: Record<string, string>;
  command?: string;
  requestId?: string;
  /** The service said it, with a reason of its own. */
  ofService?: boolean;
}

/** A call that the service, or the way to it, did not let succeed. */
export class GcError extends Error {
  override readonly name = "GcError";
  /** The one word for programs. */
  readonly reason: ErrorReason;
  /** The reason as the service wrote it, without prefix: also one that this release does not know. */
  readonly reasonName: string;
  /** The gRPC status code. */
  readonly code: Code;
  /** Whether the same request can succeed when it is sent again, and on what condition. */
  readonly retry: Retry;
  /** The service's advice for the delay before a retry; undefined where it gave none. */
  readonly retryAfterMs: number | undefined;
  /** The ErrorInfo's metadata; docs/errors.md says what is in it. */
  readonly metadata: Readonly<Record<string, string>>;
  /** What Finesse itself said; undefined if it said nothing. */
  readonly finesse: Readonly<FinesseError> | undefined;
  /** The RPC's name; empty for the session's own errors. */
  readonly command: string;
  /** The command's request id: a retry with it is safe. Empty for questions. */
  readonly requestId: string;
  /** Whether the service said it; otherwise the way to it, or this library. */
  readonly ofService: boolean;

  constructor(parts: ErrorParts, options?: ErrorOptions) {
    super(parts.message, options);
    this.reason = parts.reason;
    this.reasonName = parts.reasonName ?? ErrorReason[parts.reason];
    this.code = parts.code;
    this.retry = parts.retry;
    this.retryAfterMs = parts.retryAfterMs;
    this.metadata = parts.metadata ?? {};
    this.finesse = finesse(this.metadata);
    this.command = parts.command ?? "";
    this.requestId = parts.requestId ?? "";
    this.ofService = parts.ofService ?? false;
  }

  /** Whether the same call may succeed without anything else being changed: at once, later, or after a Connect. */
  get retryable(): boolean {
    return (
      this.retry === Retry.AFTER_DELAY || this.retry === Retry.AFTER_CONNECT || this.retry === Retry.SAME_REQUEST_ID
    );
  }

  /** The error that anything thrown by a call stands for. */
  static of(thrown: unknown, command = "", requestId = ""): GcError {
    if (thrown instanceof GcError) return thrown;
    const status = ConnectError.from(thrown);
    let info;
    let retryAfterMs: number | undefined;
    for (const detail of status.details) {
      if (!("type" in detail)) continue;
      if (detail.type.endsWith("google.rpc.ErrorInfo")) info = readErrorInfo(detail.value);
      if (detail.type.endsWith("google.rpc.RetryInfo")) retryAfterMs = readRetryDelay(detail.value);
    }
    const common = {
      code: status.code,
      message: status.rawMessage,
      command,
      requestId,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    };
    if (info?.domain !== "gc.v1") {
      return new GcError(
        { ...common, reason: ErrorReason.SERVICE_UNREACHABLE, retry: Retry.AFTER_DELAY },
        { cause: thrown },
      );
    }
    const { reason, metadata } = info;
    return new GcError(
      {
        ...common,
        reason: member(ErrorReason, reason) ?? ErrorReason.UNSPECIFIED,
        reasonName: reason,
        retry: member(Retry, metadata["retry"] ?? "") ?? Retry.UNSPECIFIED,
        metadata,
        ofService: true,
      },
      { cause: thrown },
    );
  }
}

/** A command may have been done, and nobody can say whether. */
export function outcomeUnknown(message: string, command: string, requestId: string): GcError {
  return new GcError({
    reason: ErrorReason.OUTCOME_UNKNOWN,
    code: Code.Aborted,
    message,
    retry: Retry.SAME_REQUEST_ID,
    command,
    requestId,
  });
}

/** No answer of the service. */
export function unreachable(message: string, code: Code, command = ""): GcError {
  return new GcError({ reason: ErrorReason.SERVICE_UNREACHABLE, code, message, retry: Retry.AFTER_DELAY, command });
}

/** The session was closed by the program. */
export function closed(command = "", requestId = ""): GcError {
  return new GcError({
    reason: ErrorReason.NOT_CONNECTED,
    code: Code.FailedPrecondition,
    message: "the session is closed",
    retry: Retry.AFTER_CONNECT,
    command,
    requestId,
  });
}

function member<E extends Record<string, string | number>>(
  names: E,
  name: string,
): Extract<E[keyof E], number> | undefined {
  const value = Object.hasOwn(names, name) ? names[name] : undefined;
  return typeof value === "number" ? (value as Extract<E[keyof E], number>) : undefined;
}

const FINESSE = {
  errorType: "error_type",
  errorMessage: "error_message",
  errorData: "error_data",
  peripheralCode: "peripheral_code",
  peripheralMessage: "peripheral_message",
  httpStatus: "http_status",
} as const;

function finesse(metadata: Readonly<Record<string, string>>): FinesseError | undefined {
  const said = Object.entries(FINESSE).filter(([, key]) => metadata[key] !== undefined);
  return said.length > 0 ? Object.fromEntries(said.map(([name, key]) => [name, metadata[key]])) : undefined;
}

// Connect, and Connect again: who the agent is, the token in use, and one Connect at a time for stream and commands.

import { create } from "@bufbuild/protobuf";
import { Code, type Transport } from "@connectrpc/connect";
import { Backoff, delay } from "./backoff.js";
import { closed, GcError } from "./errors.js";
import { AgentService, ConnectRequestSchema, type ConnectResponse } from "./gen/gc/v1/agent_pb.js";
import { ErrorReason } from "./gen/gc/v1/error_pb.js";
import type { Settings } from "./options.js";

/** A password, or what gives it each time it is needed. */
export type Password = string | (() => string | Promise<string>);

/** Refusals of a Connect after which it is not tried again: a wrong password must not lock the account. */
const FINAL = new Set([
  ErrorReason.AUTHORIZATION_FAILURE,
  ErrorReason.USER_NOT_FOUND,
  ErrorReason.MISSING_PASSWORD,
  ErrorReason.PERMISSION_DENIED,
  ErrorReason.INVALID_INPUT,
  ErrorReason.SSO_UNSUPPORTED,
  ErrorReason.UNSUPPORTED_ON_PLATFORM,
  ErrorReason.NOT_IMPLEMENTED,
]);

export class Connector {
  #password: Password | undefined;
  #reply: ConnectResponse | undefined;
  #again: Promise<void> | undefined;

  constructor(
    private readonly transport: Transport,
    private readonly settings: Settings,
    private readonly agentId: string,
    password: Password,
    private readonly refused: (error: GcError) => void,
  ) {
    this.#password = password;
  }

  /** The reply of the last Connect. */
  get reply(): ConnectResponse {
    if (!this.#reply) throw closed("Connect");
    return this.#reply;
  }

  /** The headers of a call of this agent. */
  headers(): Record<string, string> {
    return { authorization: `Bearer ${this.reply.token}` };
  }

  /** Whether a call was refused for its token. */
  isRefused(error: GcError): boolean {
    return error.ofService
      ? error.reason === ErrorReason.SESSION_EXPIRED || error.reason === ErrorReason.NOT_CONNECTED
      : error.code === Code.Unauthenticated;
  }

  /** One attempt. */
  async connect(signal?: AbortSignal): Promise<ConnectResponse> {
    if (this.#password === undefined) throw closed("Connect");
    const password = typeof this.#password === "string" ? this.#password : await this.#password();
    const request = create(ConnectRequestSchema, {
      agentId: this.agentId,
      password,
      clientName: this.settings.clientName,
    });
    try {
      const method = AgentService.method.connect;
      const reply = await this.transport.unary(method, signal, this.settings.connectTimeoutMs, undefined, request);
      this.#reply = reply.message;
      return reply.message;
    } catch (thrown) {
      if (signal?.aborted) throw signal.reason;
      throw GcError.of(thrown, "Connect");
    }
  }

  /**
   * Connects anew after `token` was refused, as often as it takes; all who ask meanwhile share it. A refusal for good is
   * thrown, and told to `refused`.
   */
  again(token: string, stop: AbortSignal): Promise<void> {
    if (this.reply.token !== token) return Promise.resolve();
    this.#again ??= this.#untilConnected(stop).finally(() => (this.#again = undefined));
    return this.#again;
  }

  /** Forgets the password. */
  forget(): void {
    this.#password = undefined;
  }

  async #untilConnected(stop: AbortSignal): Promise<void> {
    const backoff = new Backoff(this.settings.backoff);
    for (;;) {
      try {
        await this.connect(stop);
        return;
      } catch (thrown) {
        if (stop.aborted) throw closed("Connect");
        const error = GcError.of(thrown, "Connect");
        if (error.ofService && FINAL.has(error.reason)) {
          this.refused(error);
          throw error;
        }
        await delay(backoff.next(error.retryAfterMs), stop);
      }
    }
  }
}

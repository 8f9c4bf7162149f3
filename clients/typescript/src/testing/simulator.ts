// The simulator's control API as functions: what happens in the contact centre beside what the agents do.

/** What a fault does; docs/simulator.md has all kinds. */
export type FaultKind =
  | "delay"
  | "status"
  | "silent"
  | "html"
  | "lose_answer"
  | "async_error"
  | "drop_notification"
  | "duplicate_notification"
  | "hold_notification"
  | "delay_notification"
  | "reorder_notification";

/** Something that goes wrong at the simulator, once unless `times` says otherwise. */
export interface Fault {
  kind: FaultKind;
  /** Whose requests or notifications; everybody's without it. */
  user?: string;
  /** Which action, for example HOLD; any without it. */
  action?: string;
  times?: number;
  /** Of `delay` and `delay_notification`. */
  ms?: number;
  /** Of `status` and `html`: the HTTP status. */
  status?: number;
  /** Of `async_error`: what Finesse says after it had accepted the request. */
  error?: { error_type: string; message: string; data?: string };
  delay_ms?: number;
  without_request_id?: boolean;
  /** Of `reorder_notification`. */
  within_ms?: number;
}

/** Finesse's own state. */
export type SystemState = "IN_SERVICE" | "PARTIAL_SERVICE" | "OUT_OF_SERVICE";

/** How long an operation may take. */
const TIMEOUT_MS = 10_000;

/** The control API of a simulator. A refused operation throws. */
export class Simulator {
  /** `address` is the control API's `host:port`. */
  constructor(readonly address: string) {}

  /** A customer calls a queue or an extension; gives the dialog's id. */
  async call(to: string, options: { from?: string; variables?: Record<string, string> } = {}): Promise<string> {
    const { from = "5551230000", variables = {} } = options;
    const { dialog } = (await this.#ask("POST", "/calls", { from, to, variables })) as { dialog: number };
    return String(dialog);
  }

  /** The number outside answers a call. */
  async answer(dialogId: string): Promise<void> {
    await this.#ask("POST", `/calls/${dialogId}/answer`);
  }

  /** The customer hangs up. */
  async hangUp(dialogId: string): Promise<void> {
    await this.#ask("POST", `/calls/${dialogId}/hangup`);
  }

  /** Something goes wrong from now on. */
  async fault(fault: Fault): Promise<void> {
    await this.#ask("POST", "/faults", fault);
  }

  /** Forgets the faults that wait. */
  async clearFaults(): Promise<void> {
    await this.#ask("DELETE", "/faults");
  }

  /** Lets time pass at once. For a simulator whose clock is stepped. */
  async step(ms: number): Promise<void> {
    await this.#ask("POST", "/clock/step", { ms });
  }

  /** Takes Finesse out of service, or back. */
  async setSystemState(status: SystemState): Promise<void> {
    await this.#ask("POST", "/service", { status });
  }

  /** Users, dialogs, requests that were seen, deliveries and faults. */
  async world(): Promise<unknown> {
    return this.#ask("GET", "/world");
  }

  /** The world begins again. */
  async reset(): Promise<void> {
    await this.#ask("POST", "/reset", {});
  }

  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`http://${this.address}${path}`, {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body !== undefined && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the simulator refused ${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }
}

// Starts the service with the simulator as a process of its own, on free ports.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Simulator } from "./simulator.js";

/** Settings of {@link startService}; all may be left out. */
export interface ServiceOptions {
  /** The service's binary; without it GC_BINARY, then `generic-connector` on the path. */
  binary?: string;
  /** Further arguments, for example `["--set", "grpc.cors_origins=*"]`. */
  args?: string[];
  /** How long it may take to be ready: 30 s. */
  startTimeoutMs?: number;
  /** How long it may take to stop before it is killed: 5 s. */
  stopTimeoutMs?: number;
}

/** How much of its log is kept, to be shown if it does not start. */
const LOG_LINES = 40;

/** A service that runs, with a simulator of its own. */
export interface Service extends AsyncDisposable {
  /** `http://127.0.0.1:port`, for `createClient`. */
  readonly address: string;
  /** The control API of its simulator. */
  readonly simulator: Simulator;
  /** All addresses by name, as its ready line says: `grpc`, `bridge_tcp`, `sim_https` … */
  readonly ready: Readonly<Record<string, string>>;
  /** Stops it, and starts another at the same address with a new simulator. `kill`: without a word to its clients. */
  restart(options?: { kill?: boolean }): Promise<void>;
  /** Stops it. */
  stop(): Promise<void>;
}

/** Starts a service and waits until it is ready. End it with `stop()` or `await using`; it also ends with this process. */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  let running = await start(options, "127.0.0.1:0");
  const stop = () => end(running.process, options, "SIGTERM");
  return {
    get address() {
      return `http://${running.ready["grpc"] ?? ""}`;
    },
    get simulator() {
      return running.simulator;
    },
    get ready() {
      return running.ready;
    },
    async restart({ kill = false } = {}) {
      await end(running.process, options, kill ? "SIGKILL" : "SIGTERM");
      running = await start(options, running.ready["grpc"] ?? "");
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

interface Running {
  process: ChildProcess;
  ready: Readonly<Record<string, string>>;
  simulator: Simulator;
}

async function start(options: ServiceOptions, listen: string): Promise<Running> {
  const binary = options.binary ?? process.env["GC_BINARY"] ?? "generic-connector";
  const free = ["--sim-free-ports", "--listen", listen, "--bridge-tcp", "127.0.0.1:0"];
  const child = spawn(binary, ["serve", "--sim", ...free, ...(options.args ?? [])], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("close", () => process.removeListener("exit", kill));
  const log: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => {
    log.push(line);
    if (log.length > LOG_LINES) log.shift();
  });
  try {
    const ready = await readyLine(child, options.startTimeoutMs ?? 30_000);
    return { process: child, ready, simulator: new Simulator(ready["sim_control"] ?? "") };
  } catch (thrown) {
    kill();
    throw new Error(`${binary} did not start: ${String(thrown)}\n${log.join("\n")}`, { cause: thrown });
  }
}

/** The first line that it prints, when it is ready. */
function readyLine(child: ChildProcess, timeoutMs: number): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    const failed = (why: Error) => {
      clearTimeout(late);
      reject(why);
    };
    const late = setTimeout(() => failed(new Error("it was not ready in time")), timeoutMs);
    child.once("error", failed);
    // After the end of its output, so that the log is complete.
    child.once("close", (code, signal) => failed(new Error(`it ended with ${signal ?? code}`)));
    if (!child.stdout) return failed(new Error("it has no output"));
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (!line.startsWith("{")) return;
      clearTimeout(late);
      resolve(JSON.parse(line) as Record<string, string>);
    });
  });
}

async function end(child: ChildProcess, options: ServiceOptions, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  const late = setTimeout(() => child.kill("SIGKILL"), options.stopTimeoutMs ?? 5000);
  child.kill(signal);
  await gone;
  clearTimeout(late);
}

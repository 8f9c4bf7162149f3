// The runner in a browser's page: the same core, and the transport of browsers.

import { createClient } from "../src/web.js";
import { Batches } from "./batches.js";
import { clientOptions, Runner } from "./runner.js";

interface Bridge {
  /** Takes lines of output; of the process that opened the page. */
  gcWrite(lines: string): Promise<void>;
  /** Takes lines of input. */
  gcRead(lines: string): void;
  /** The end of the input. */
  gcEnd(): Promise<void>;
}

const bridge = globalThis as unknown as Bridge;
const output = new Batches((lines) => bridge.gcWrite(lines));
const runner = new Runner((address, options) => createClient(address, clientOptions(options)), (line) => output.add(line));

bridge.gcRead = (lines) => {
  for (const line of lines.split("\n")) void runner.line(line);
};
bridge.gcEnd = async () => {
  await runner.end();
  await output.empty();
};

// The runner in a page: operations come by `operation(line)`, lines go out by `say(line)`, which the other side has put there.

import { createClient } from "../src/web.js";
import { clientOptions, Runner } from "./runner.js";

declare global {
  interface Window {
    say(line: string): Promise<void>;
    operation(line: string): void;
  }
}

// One after the other: calls out of a page keep no order of their own.
let said = Promise.resolve();
const runner = new Runner(
  (address, options) => createClient(address, clientOptions(options)),
  (line) => {
    said = said.then(() => window.say(line));
  },
);
window.operation = (line) => void runner.line(line);

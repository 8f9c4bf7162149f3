// A page for the browser test: what a program would do, with the `./web` build, driven from outside.

import { createClient } from "../src/web.js";
import type { AgentSession } from "../src/index.js";

declare global {
  interface Window {
    start(address: string): Promise<void>;
    session: AgentSession;
    /** A line for each item. */
    log: string[];
  }
}

window.log = [];
window.start = async (address) => {
  const client = createClient(address, { backoff: { firstMs: 20, longestMs: 200 } });
  window.session = await client.connect("1001", "demo");
  void (async () => {
    for await (const item of window.session.events()) {
      if (item.kind === "connection") window.log.push(item.connection.state);
      else if (item.kind === "event") window.log.push(`${item.event.sequence} ${item.event.payload.case ?? ""}`);
      else window.log.push(item.kind);
    }
  })();
};

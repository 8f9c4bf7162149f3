// Calls a number for an agent, as a click on it in a CRM would, and tells what becomes of the call.
// node click-to-dial.js NUMBER

import { DialogState, GcError } from "@generic-connector/client";
import { createClient } from "@generic-connector/client/node";

const { GC_ADDRESS = "http://127.0.0.1:50051", GC_AGENT = "1001", GC_PASSWORD = "demo" } = process.env;
const number = process.argv[2] ?? "5551234";

const client = createClient(GC_ADDRESS, { clientName: "click-to-dial" });
try {
  const session = await client.connect(GC_AGENT, GC_PASSWORD);
  await session.login("2001");
  // From here on: what happens before the loop begins waits for it.
  const items = session.events();
  const call = (await session.makeCall(number)).dialog?.id ?? "";
  console.log("dialling", number);
  for await (const item of items) {
    if (item.kind !== "event") continue;
    const { payload } = item.event;
    if (payload.case === "dialogChanged" && payload.value.dialog?.id === call) {
      const { state } = payload.value.dialog;
      console.log("the call is", DialogState[state]);
      // A real programme leaves this to the agent.
      if (state === DialogState.ACTIVE) session.releaseCall(call).catch((error: unknown) => console.error(error));
    }
    if (payload.case === "dialogEnded" && payload.value.dialog?.id === call) {
      console.log("the call is over");
      break;
    }
  }
} catch (error) {
  if (!(error instanceof GcError)) throw error;
  console.log("refused:", error.reasonName, error.finesse?.errorMessage ?? error.message);
} finally {
  await client.close();
}

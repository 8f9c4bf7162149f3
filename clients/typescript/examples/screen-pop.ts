// Signs an agent in, and tells who calls.
import { createClient } from "@generic-connector/client/node";

const { GC_ADDRESS = "http://127.0.0.1:50051", GC_AGENT = "1001", GC_PASSWORD = "demo" } = process.env;

const client = createClient(GC_ADDRESS);
const session = await client.connect(GC_AGENT, GC_PASSWORD);
const items = session.events();
await session.login("2001");
console.log("waiting for calls");

for await (const item of items) {
  if (item.kind === "connection") console.log("connection:", item.connection.state);
  if (item.kind !== "event" || item.event.payload.case !== "dialogOffered") continue;
  const { dialog } = item.event.payload.value;
  const data = dialog?.variables.filter(({ value }) => value !== "").map(({ name, value }) => `${name}=${value}`);
  console.log("calling:", dialog?.fromAddress, "data:", data?.join(" "));
}

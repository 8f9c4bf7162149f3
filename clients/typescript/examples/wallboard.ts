// Shows a supervisor's team and queues, and each change of them.
// node wallboard.js TEAM

import { AgentState, type Queue, type TeamMember } from "@generic-connector/client";
import { createClient } from "@generic-connector/client/node";

const { GC_ADDRESS = "http://127.0.0.1:50051", GC_AGENT = "1101", GC_PASSWORD = "demo" } = process.env;
const team = process.argv[2] ?? "1";

const client = createClient(GC_ADDRESS, { clientName: "wallboard" });
const session = await client.connect(GC_AGENT, GC_PASSWORD);
const items = session.events();
await session.login("2101");

// Each of the two also subscribes; should the service forget that, the session subscribes anew.
const whole = { request: { includeLoggedOut: true } };
const { members } = await session.getTeamUsers(team, whole);
const { queues } = await session.getQueueList();
members.forEach(showMember);
queues.forEach(showQueue);
console.log("watching");

for await (const item of items) {
  if (item.kind === "reset") {
    // Changes were missed: what the board shows is read again.
    (await session.getTeamUsers(team, whole)).members.forEach(showMember);
    (await session.getQueueList()).queues.forEach(showQueue);
  }
  if (item.kind !== "event") continue;
  const { payload } = item.event;
  if (payload.case === "teamMemberChanged" && payload.value.member) showMember(payload.value.member);
  if (payload.case === "queueChanged" && payload.value.queue) showQueue(payload.value.queue);
}

function showMember({ id, firstName, lastName, status }: TeamMember): void {
  console.log(`agent ${id} ${firstName} ${lastName}: ${AgentState[status?.state ?? AgentState.UNSPECIFIED]}`);
}

function showQueue({ id, name, callsInQueue, agentsReady }: Queue): void {
  console.log(`queue ${id} ${name}: ${callsInQueue ?? "?"} waiting, ${agentsReady ?? "?"} ready`);
}

// A screen pop in a page: state and calls are drawn from the session's picture at every item.

import { AgentState, type AgentSession, DialogState, GcError } from "@generic-connector/client";
import { createClient } from "@generic-connector/client/web";

const form = document.querySelector<HTMLFormElement>("#sign-in");
form?.addEventListener("submit", (submitted) => {
  submitted.preventDefault();
  const given = (name: string) => (form.elements.namedItem(name) as HTMLInputElement).value;
  work(given("address"), given("agent"), given("password"), given("extension")).catch((error: unknown) => {
    show("trouble", error instanceof GcError ? `${error.reasonName}: ${error.message}` : String(error));
  });
});

async function work(address: string, agent: string, password: string, extension: string): Promise<void> {
  show("trouble", "");
  const client = createClient(address, { clientName: "web screen pop" });
  try {
    const session = await client.connect(agent, password);
    const items = session.events();
    await session.login(extension);
    for await (const item of items) {
      draw(session);
      if (item.kind === "event" && item.event.payload.case === "dialogOffered") document.title = "A call!";
    }
    if (session.cause) throw session.cause;
  } finally {
    await client.close();
  }
}

function draw({ view, connection }: AgentSession): void {
  show("connection", connection.state);
  show("state", AgentState[view.status?.state ?? AgentState.UNSPECIFIED]);
  const calls = view.dialogs.map((dialog) => {
    const line = document.createElement("li");
    const data = dialog.variables.filter(({ value }) => value !== "").map(({ name, value }) => `${name}=${value}`);
    line.textContent = [dialog.fromAddress, DialogState[dialog.state], ...data].join(" ");
    return line;
  });
  document.querySelector("#calls")?.replaceChildren(...calls);
}

function show(id: string, text: string): void {
  const place = document.getElementById(id);
  if (place) place.textContent = text;
}

"""One call of an agent whose desktop is a program: Slixmpp over TCP, and plain HTTP.

    python agent.py tls://HOST:PORT|starttls://HOST:PORT REST LOGIN_ID PASSWORD EXTENSION

Certificates are checked against the file that SSL_CERT_FILE names.
"""

import asyncio
import base64
import os
import sys
import urllib.parse
import urllib.request
import xml.etree.ElementTree as xml
from pathlib import Path

import slixmpp

SERVICE, REST, ID, PASSWORD, EXTENSION = sys.argv[1:]
NEXT = {"ALERTING": "ANSWER", "ACTIVE": "HOLD", "HELD": "DROP"}


def http(method, path, body=None):
    request = urllib.request.Request(f"{REST}/finesse/api{path}", method=method, data=body and body.encode())
    request.add_header("Authorization", "Basic " + base64.b64encode(f"{ID}:{PASSWORD}".encode()).decode())
    request.add_header("Content-Type", "application/xml")
    with urllib.request.urlopen(request, timeout=10) as response:
        return response.read().decode()


def state(wanted, more=""):
    http("PUT", f"/User/{ID}", f"<User><state>{wanted}</state>{more}</User>")


class Agent(slixmpp.ClientXMPP):
    def __init__(self, domain):
        super().__init__(f"{ID}@{domain}/slixmpp", PASSWORD)
        self.done = set()
        self.code = 1
        self.service = urllib.parse.urlsplit(SERVICE)
        self.enable_direct_tls = self.service.scheme == "tls"
        self.enable_starttls = self.service.scheme == "starttls"
        self.ca_certs = Path(os.environ["SSL_CERT_FILE"])
        self.register_plugin("xep_0060")
        self.register_plugin("xep_0199")
        self.add_event_handler("session_start", self.start)
        self.add_event_handler("pubsub_publish", self.published)
        self.add_event_handler("failed_auth", lambda _: self.abort())

    async def start(self, _):
        await self.get_roster()
        self.send_presence(ppriority=0)
        await self.plugin["xep_0199"].ping(self.boundjid.domain)
        print(f"connected {self.boundjid.full}")
        state("LOGIN", f"<extension>{EXTENSION}</extension>")

    def published(self, message):
        update = xml.fromstring(message["pubsub_event"]["items"]["item"]["payload"].text)
        event = update.findtext("event").upper()
        user = update.find("data/user")
        if user is not None:
            print("user " + user.findtext("state"))
            if user.findtext("state") == "LOGOUT":
                self.code = 0
                self.disconnect()
            return
        dialog = update.find("data/dialogs/Dialog")
        dialog = update.find("data/dialog") if dialog is None else dialog
        parties = dialog.iterfind("participants/Participant")
        own = next((party for party in parties if party.findtext("mediaAddress") == EXTENSION), None)
        now = "" if own is None else own.findtext("state")
        print(f"dialog {event} {now}")
        action = NEXT.get(now)
        if event == "DELETE":
            state("LOGOUT")
        elif action and action not in self.done:
            self.done.add(action)
            body = f"<targetMediaAddress>{EXTENSION}</targetMediaAddress><requestedAction>{action}</requestedAction>"
            http("PUT", f"/Dialog/{dialog.findtext('id')}", f"<Dialog>{body}</Dialog>")


async def main():
    info = xml.fromstring(http("GET", "/SystemInfo"))
    agent = Agent(info.findtext("xmppDomain"))
    agent.connect(agent.service.hostname, agent.service.port)
    await agent.disconnected
    print("disconnected")
    return agent.code


sys.stdout.reconfigure(line_buffering=True)
sys.exit(asyncio.run(main()))

// One call of an agent whose desktop is a browser's: Strophe.js over WebSocket or BOSH, and plain HTTP.
//
//   node agent.mjs SERVICE REST LOGIN_ID PASSWORD EXTENSION

import { DOMParser } from '@xmldom/xmldom';
import { $iq, $pres, Strophe } from 'strophe.js';
import xhr2 from 'xhr2';

// What a browser has and Node.js has not: requests whose answers are parsed.
globalThis.XMLHttpRequest = class extends xhr2.XMLHttpRequest {
  get responseXML() {
    return this.readyState === 4 && this.responseText ? xml(this.responseText) : null;
  }

  set responseXML(_) {}
};

const [service, rest, id, password, extension] = process.argv.slice(2);

function fail(why) {
  console.error(why);
  process.exit(1);
}

async function http(method, path, body) {
  const authorization = `Basic ${Buffer.from(`${id}:${password}`).toString('base64')}`;
  const headers = { Authorization: authorization, 'Content-Type': 'application/xml' };
  const response = await fetch(`${rest}/finesse/api${path}`, { method, headers, body });
  if (!response.ok) fail(`${method} ${path}: ${response.status}`);
  return response.text();
}

const xml = (text) => new DOMParser().parseFromString(text, 'text/xml');
const text = (element, name) => element.getElementsByTagName(name)[0]?.textContent ?? '';
const state = (wanted, more = '') => http('PUT', `/User/${id}`, `<User><state>${wanted}</state>${more}</User>`);

const info = xml(await http('GET', '/SystemInfo')).documentElement;
const domain = text(info, 'xmppDomain');
const next = { ALERTING: 'ANSWER', ACTIVE: 'HOLD', HELD: 'DROP' };
const done = new Set();

async function happened(update) {
  const event = text(update, 'event').toUpperCase();
  const user = update.getElementsByTagName('user')[0];
  if (user) {
    console.log(`user ${text(user, 'state')}`);
    if (text(user, 'state') === 'LOGOUT') connection.disconnect('end of shift');
    return;
  }
  const dialog = update.getElementsByTagName('Dialog')[0] ?? update.getElementsByTagName('dialog')[0];
  const parties = [...dialog.getElementsByTagName('Participant')];
  const own = parties.find((party) => text(party, 'mediaAddress') === extension);
  const now = own ? text(own, 'state') : '';
  console.log(`dialog ${event} ${now}`);
  if (event === 'DELETE') return state('LOGOUT');
  const action = next[now];
  if (!action || done.has(action)) return;
  done.add(action);
  const body = `<targetMediaAddress>${extension}</targetMediaAddress><requestedAction>${action}</requestedAction>`;
  await http('PUT', `/Dialog/${text(dialog, 'id')}`, `<Dialog>${body}</Dialog>`);
}

const connection = new Strophe.Connection(service);
connection.connect(`${id}@${domain}/strophe`, password, (status) => {
  if (status === Strophe.Status.CONNECTED) {
    connection.addHandler((message) => {
      for (const notification of message.getElementsByTagName('notification')) {
        happened(xml(notification.textContent).documentElement).catch((error) => fail(error.stack));
      }
      return true;
    }, null, 'message');
    connection.send($pres().c('priority').t('0'));
    console.log(`connected ${connection.jid}`);
    // The answer tells that the presence has come, and with it what is published from now on.
    const ping = $iq({ type: 'get', to: domain }).c('ping', { xmlns: 'urn:xmpp:ping' });
    const signIn = () => state('LOGIN', `<extension>${extension}</extension>`).catch((error) => fail(error.stack));
    connection.sendIQ(ping, signIn, () => fail('no answer to a ping'));
  } else if (status === Strophe.Status.DISCONNECTED) {
    console.log('disconnected');
    process.exit(0);
  } else if ([Strophe.Status.AUTHFAIL, Strophe.Status.CONNFAIL, Strophe.Status.ERROR].includes(status)) {
    fail(`status ${status}`);
  }
});

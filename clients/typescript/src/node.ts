// Clients for Node: gRPC over HTTP/2.

import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { Client, urlOf, withMetadata } from "./client.js";
import type { ClientOptions } from "./options.js";

/** Settings of a client for Node. */
export interface NodeClientOptions extends ClientOptions {
  /** TLS; the system's authorities without it. */
  tls?: {
    /** Authorities (PEM) in place of the system's. */
    ca?: string;
    /** The client's certificate with its chain, and its key (PEM). */
    certificate?: string;
    key?: string;
  };
  /** How often the connection is pinged while a call or stream is open, and how long the answer may take: 20 s, 10 s. */
  keepalive?: { intervalMs?: number; timeoutMs?: number };
}

/** A client of the service at `https://host:port` (`host:port` for short), or `http://host:port` for plain text. */
export function createClient(address: string, options: NodeClientOptions = {}): Client {
  const url = urlOf(address);
  const { ca, certificate, key } = options.tls ?? {};
  const sessionManager = new Http2SessionManager(
    url,
    { pingIntervalMs: options.keepalive?.intervalMs ?? 20_000, pingTimeoutMs: options.keepalive?.timeoutMs ?? 10_000 },
    { ...(ca && { ca }), ...(certificate && { cert: certificate }), ...(key && { key }) },
  );
  const transport = createGrpcTransport({ baseUrl: url, sessionManager, interceptors: withMetadata(options.metadata) });
  return new Client(transport, options, () => sessionManager.abort());
}

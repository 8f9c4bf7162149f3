// Clients for browsers: gRPC-Web, to the same port. The service must name the page's origin in `grpc.cors_origins`.

import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { Client, urlOf, withMetadata } from "./client.js";
import type { ClientOptions } from "./options.js";

/** A client of the service at `https://host:port` (`host:port` for short), or `http://host:port` for plain text. */
export function createClient(address: string, options: ClientOptions = {}): Client {
  const transport = createGrpcWebTransport({ baseUrl: urlOf(address), interceptors: withMetadata(options.metadata) });
  return new Client(transport, options, () => undefined, true);
}

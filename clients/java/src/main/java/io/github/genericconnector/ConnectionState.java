// How a session stands to its service, in one word.

package io.github.genericconnector;

/** How a session or an observer is connected. */
public enum ConnectionState {
  /** The event stream is open. */
  CONNECTED,
  /** The stream broke, and is being opened anew. */
  RECONNECTING,
  /** Still connected, but the service is about to stop. */
  DRAINING,
  /** Ended, by the program or for good. */
  CLOSED
}

/**
 * The client of the Generic Connector: agents of Cisco Finesse, their commands and their events.
 * Begin with {@link io.github.genericconnector.Client}.
 */
package io.github.genericconnector;

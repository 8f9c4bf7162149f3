/**
 * Contact centre agents on Cisco Finesse through the Generic Connector: {@link io.github.genericconnector.Client} makes an
 * {@link io.github.genericconnector.AgentSession}, whose commands end in an outcome and whose events have no gap.
 */
package io.github.genericconnector;

// Package gc connects contact centre agents on Cisco Finesse through the Generic Connector: a [Client] makes an
// [AgentSession], whose commands end in an outcome and whose events have no gap.
package gc

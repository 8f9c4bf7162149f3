// For the tests of programs: a service of one's own with the Finesse simulator behind it. Node only.

export { type Service, startService, type ServiceOptions } from "./service.js";
export { type Fault, type FaultKind, Simulator, type SystemState } from "./simulator.js";

/** For tests of programs that use the client: a service of their own, with a simulated Finesse. */
package io.github.genericconnector.testing;

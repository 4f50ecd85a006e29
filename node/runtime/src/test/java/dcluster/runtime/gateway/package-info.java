/**
 * Tests of the gateway: in memory with fakes for socket, loop and node, and over loopback with the clients that people
 * use.
 */
@NullMarked
package dcluster.runtime.gateway;

import org.jspecify.annotations.NullMarked;

/**
 * Process tests: the real jar, real processes, real sockets, kill -9. {@link dcluster.app.it.Cli} runs commands in a
 * home of their own, and fails the test if a process, a port or a folder is left behind.
 */
@NullMarked
package dcluster.app.it;

import org.jspecify.annotations.NullMarked;

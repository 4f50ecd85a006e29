/**
 * What people and scripts see of a command: its data, its progress, its errors and its exit code.
 *
 * <p>Data goes to the standard output, as a table for people or as JSON for programs ({@link
 * dcluster.app.terminal.Output}); everything else goes to the standard error, so that a pipe carries data alone. A
 * command that cannot do what was asked throws a {@link dcluster.app.terminal.Failure}, which carries the words and the
 * {@link dcluster.app.terminal.Exit} code.
 *
 * <p>Whether there is a person at the other end ({@link dcluster.app.terminal.Terminal}) decides on colours, on
 * progress that is redrawn in place and on whether to ask. {@code bin/dcluster} tells, because a shell knows it for
 * each stream at no cost and Java does not know it at all.
 */
@NullMarked
package dcluster.app.terminal;

import org.jspecify.annotations.NullMarked;

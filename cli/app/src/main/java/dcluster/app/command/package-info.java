/**
 * The commands, one class each. A command says what it takes, finds the cluster that is meant, and leaves the work to
 * the packages beside this one; it returns an exit code, or throws a {@link dcluster.app.terminal.Failure}.
 *
 * <p>Each is made with the {@link dcluster.app.command.Session} that it runs in, so that tests can run it with streams
 * and a home of their own. What several commands take alike is a mixin: {@link dcluster.app.command.ClusterOption},
 * {@link dcluster.app.command.FormatOption}, {@link dcluster.app.command.PluginOption}.
 */
@NullMarked
package dcluster.app.command;

import org.jspecify.annotations.NullMarked;

/**
 * Tests of the real thing: the shaded jar, processes of the operating system, TCP, disks, signals. What a simulation
 * cannot show is shown here: that a {@code kill -9} finds no promise unkept, that a node refuses what would destroy
 * data, that nothing is left running.
 *
 * <p>{@link dcluster.app.processes.Cli} runs the jar's commands as a user does, in a home of its own, and looks at the
 * end that no process, no port and no file is left; tests of a command use it alone. {@link
 * dcluster.app.processes.Clusters} adds clusters that are watched node by node, and shows their logs after a failure.
 * {@link dcluster.app.processes.Load} writes to them from several threads, keeps what it was told about every write, and
 * compares that with what is there afterwards. Whatever waits, waits for something to happen, and fails only if it does
 * not within a minute; but for endless load, which also goes on for a time that it is given, since what grows with time
 * shows in nothing else.
 *
 * <p>{@code -Ddcluster.rounds=100} kills more often, {@code -Ddcluster.endless=10m} goes on for longer, {@code
 * -Ddcluster.seed=N} repeats a random choice of victims and writes; how the processes interleave cannot be repeated.
 * {@code -Ddcluster.jar=FILE} tests another jar.
 */
@NullMarked
package dcluster.app.processes;

import org.jspecify.annotations.NullMarked;

/**
 * The processes of clusters on this machine: how they are launched, found again, watched and ended.
 *
 * <p>There is no daemon. All that is known lies in files under {@link dcluster.app.process.Home}, and what is true is
 * asked of the operating system each time ({@link dcluster.app.process.Machine}); a record that has outlived its
 * process shows as a process that is stopped, killed or crashed. So any command can be killed at any point, and the
 * next one finds everything. A record that is damaged ({@link dcluster.app.process.Unreadable}) hides no process either:
 * the command line of each tells which cluster and member it is of.
 *
 * <p>Nodes run in sessions of their own: they outlive the command and its terminal, and a ctrl-C does not reach them.
 * Two commands that would change one cluster exclude each other by {@link dcluster.app.process.HomeLock}; those that
 * only look need no lock, since each file is replaced as a whole.
 */
@NullMarked
package dcluster.app.process;

import org.jspecify.annotations.NullMarked;

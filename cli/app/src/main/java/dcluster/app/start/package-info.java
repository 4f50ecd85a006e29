/**
 * Brings clusters up: finds out what is wanted and whether it can be had, launches processes, and waits until they
 * serve.
 *
 * <p>The order is chosen so that nothing can be lost track of. First a {@link dcluster.app.start.Planner} resolves the
 * cluster file and looks at the ports; only then the cluster's folder is made, with a record for each member; then
 * {@link dcluster.app.start.Starting} launches one process after the other, each recorded before and after its launch,
 * and waits. If this fails, or is interrupted, what was launched is ended and a new folder is removed; if the command
 * itself is killed, the records tell the next command what runs.
 *
 * <p>A cluster that is there is taken as it is, or, while it is stopped, made another one by a {@link
 * dcluster.app.start.Reconfiguration}: its file is replaced, then its records follow, and a start that fails puts back what
 * was there.
 */
@NullMarked
package dcluster.app.start;

import org.jspecify.annotations.NullMarked;

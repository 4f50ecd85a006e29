/**
 * What {@code dcluster simulate} does: it finds out which clusters are meant, has {@code dcluster.lab.simulation} run a
 * campaign of seeds or one of them again, and prints what was found.
 *
 * <pre>
 *   Subjects      -a, -n, -c, --set  ->  the clusters that are simulated
 *   Simulated     these, with the scenario by which they live, and the command that repeats it
 *   CampaignRun   all seeds, with progress; an interruption prints what was found until then
 *   Shortest      the shortest schedule that breaks what a seed breaks, as a file
 *   Replay        one seed, with its trace in files or on the standard output
 *   ReportView    a report as tables and sentences, or as JSON
 * </pre>
 */
@NullMarked
package dcluster.app.simulate;

import org.jspecify.annotations.NullMarked;

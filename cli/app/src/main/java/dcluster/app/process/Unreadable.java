package dcluster.app.process;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import java.nio.file.Path;

/**
 * A file that should tell of a member's process and cannot be read. It concerns its own cluster alone, and of that only
 * what cannot be done without it.
 *
 * @param cluster the name of the cluster
 * @param id the member's, as the file is called; empty if the files of all members cannot be read
 * @param why a sentence without end
 */
public record Unreadable(String cluster, String id, Path file, String why) implements MemberFile {
    /** As people see it where others have a state. */
    public static final String STATE = "unreadable";

    /** What is wrong, where, and what to do. */
    public String told() {
        return file + " cannot be read: " + why + "; 'dcluster stop -N " + cluster
                + "' ends what runs of the cluster, and once the file is deleted 'dcluster start -N " + cluster
                + "' writes it anew; 'dcluster rm -N " + cluster + "' removes the cluster with its data";
    }

    /** For whoever cannot do without it. */
    public Failure failure() {
        return new Failure(Exit.RESOURCE, told());
    }
}

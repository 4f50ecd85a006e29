package dcluster.app.command;

import dcluster.app.process.ClusterFolder;
import dcluster.app.process.LocalMachine;
import dcluster.app.process.ProcessRecord;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import java.util.List;

/** A cluster whose nodes a test plays: this process stands for those of all of them. */
public record FakeCluster(ClusterFolder folder) {
    private static final int NO_PORT = 1;

    /** In the home of a session. */
    public static FakeCluster in(TestSession session, String name) {
        var folder = session.session().clusters().home().cluster(name);
        folder.create("cluster: " + name + "\n");
        return new FakeCluster(folder);
    }

    /** A node that runs and answers operators at that port. */
    public void runs(String id, int adminPort) {
        var own = new LocalMachine().process(ProcessHandle.current().pid()).orElseThrow();
        var launching = record(id, adminPort).launching(List.of(), "a token of its own");
        folder.keep(launching.launched(own.pid(), own.startedMillis()));
    }

    /** A node that was not started. */
    public void rests(String id) {
        folder.keep(record(id, NO_PORT));
    }

    private static ProcessRecord record(String id, int adminPort) {
        var member = new Member(new NodeId(id), "127.0.0.1", NO_PORT, NO_PORT, adminPort, "");
        return ProcessRecord.initial(member, false, List.of());
    }
}

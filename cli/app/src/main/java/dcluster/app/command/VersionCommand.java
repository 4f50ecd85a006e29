package dcluster.app.command;

import dcluster.app.terminal.Exit;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "version", description = "Print the versions of dcluster, of Java and of Vert.x.")
final class VersionCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private FormatOption format = new FormatOption();

    VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var built = Versions.ofBuild();
        var versions = new LinkedHashMap<String, Object>();
        versions.put("dcluster", built.dcluster());
        versions.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        versions.put("vertx", built.vertx());
        format.in(session).object(versions);
        return Exit.OK;
    }
}

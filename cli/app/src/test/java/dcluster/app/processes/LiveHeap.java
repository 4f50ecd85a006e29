package dcluster.app.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a node's heap holds once all garbage is collected, which is done for it. */
final class LiveHeap {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)$");

    private LiveHeap() {}

    static long bytes(TestNode node) {
        var told = histogram(node);
        var total = TOTAL.matcher(told);
        if (!total.find()) {
            throw new AssertionError("not what a heap holds: " + told);
        }
        return Long.parseLong(total.group(1));
    }

    private static String histogram(TestNode node) {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            var process = new ProcessBuilder(jcmd, "" + node.pid(), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            return Cli.read(process.getInputStream()).join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

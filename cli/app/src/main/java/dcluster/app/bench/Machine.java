package dcluster.app.bench;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** What a benchmark ran on, and how busy that was: numbers of two machines, or of a busy one, do not compare. */
final class Machine {
    private Machine() {}

    /** How many threads ran or wanted to, over the last minute; negative if that is not known. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** In a line, now that all is measured. */
    static String words(double loadBefore) {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "%d processors, %s %s, Java %s; load %.1f before, %.1f after",
                system.getAvailableProcessors(),
                system.getName(),
                system.getVersion(),
                System.getProperty("java.version"),
                loadBefore,
                load());
    }
}

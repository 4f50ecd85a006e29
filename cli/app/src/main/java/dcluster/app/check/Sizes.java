package dcluster.app.check;

import java.util.Locale;

/** Sizes of memory as people read them. */
final class Sizes {
    private Sizes() {}

    /** {@code 63 MB}, {@code 1.4 GB}; they are binary. */
    static String shown(long bytes) {
        double megabytes = bytes / 1048576.0;
        return megabytes < 1000
                ? String.format(Locale.ROOT, "%.0f MB", megabytes)
                : String.format(Locale.ROOT, "%.1f GB", megabytes / 1024);
    }
}

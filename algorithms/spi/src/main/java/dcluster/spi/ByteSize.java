package dcluster.spi;

/** A number of bytes; a cluster file writes it {@code 512}, {@code 64KiB}, {@code 64MiB} or {@code 1GiB}. */
public record ByteSize(long bytes) {
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is not negative: " + bytes);
        }
    }
}

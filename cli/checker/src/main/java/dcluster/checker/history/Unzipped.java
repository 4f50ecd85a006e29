package dcluster.checker.history;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** What a gzip stream holds. Its header is read with its first byte, so that whoever reads hears if it is cut or bad. */
final class Unzipped extends InputStream {
    private final InputStream in;
    private @Nullable GZIPInputStream unzipping;

    Unzipped(InputStream in) {
        this.in = in;
    }

    private GZIPInputStream unzipping() throws IOException {
        if (unzipping == null) {
            unzipping = new GZIPInputStream(in, 1 << 16);
        }
        return unzipping;
    }

    @Override
    public int read() throws IOException {
        return unzipping().read();
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        return unzipping().read(into, from, length);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

package dcluster.app.command;

import dcluster.app.process.Clusters;
import dcluster.app.process.Home;
import dcluster.app.process.LocalMachine;
import dcluster.app.terminal.CleanUps;
import dcluster.app.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A session whose streams a test reads. */
public final class TestSession {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Session session;

    /** Without a home. */
    public TestSession() {
        this(Path.of("/nowhere"));
    }

    /** With that home. */
    public TestSession(Path home) {
        session = new Session(
                new Clusters(new Home(home), new LocalMachine()),
                Terminal.NONE,
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                CleanUps.ofNobody());
    }

    public Session session() {
        return session;
    }

    public byte[] outBytes() {
        return out.toByteArray();
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Forgets what was printed. */
    public void reset() {
        out.reset();
        err.reset();
    }
}

package dcluster.app.member;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Sets up the log of a member: lines on the standard error, of which the launcher makes a file that is kept bounded.
 * Found by logback as a service; as code it takes a tenth of the time that a configuration in XML takes to be read.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
    /** The environment variable for another level, as {@code debug} or {@code trace}. */
    static final String LEVEL_VARIABLE = "DCLUSTER_LOG";

    /** The system property that names the file to which the launcher has redirected the standard error. */
    public static final String FILE_PROPERTY = "dcluster.log";

    private static final String PATTERN = "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{0}: %msg%n";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        var lines = new OutputStreamAppender<ILoggingEvent>();
        lines.setContext(context);
        lines.setName("lines");
        lines.setEncoder(encoder);
        lines.setOutputStream(output());
        lines.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(lines);
        // A client that comes while a node ends is let go, of which netty would tell with a stack trace.
        context.getLogger("io.netty.bootstrap").setLevel(Level.ERROR);
        context.getLogger("dcluster").setLevel(Level.toLevel(System.getenv(LEVEL_VARIABLE), Level.INFO));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static OutputStream output() {
        var file = System.getProperty(FILE_PROPERTY, "");
        return file.isEmpty() ? System.err : new BoundedLog(System.err, Path.of(file), BoundedLog.BOUND_BYTES);
    }
}

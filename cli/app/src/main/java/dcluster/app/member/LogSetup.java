package dcluster.app.member;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Sets up the log of a member: lines on the standard error, of which the launcher makes a file. Found by logback as a
 * service; as code it takes a tenth of the time that a configuration in XML takes to be read.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
    /** The environment variable for another level, as {@code debug} or {@code trace}. */
    static final String LEVEL_VARIABLE = "DCLUSTER_LOG";

    private static final String PATTERN = "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{0}: %msg%n";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(context);
        console.setName("console");
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(console);
        // A client that comes while a node ends is let go, of which netty would tell with a stack trace.
        context.getLogger("io.netty.bootstrap").setLevel(Level.ERROR);
        context.getLogger("dcluster").setLevel(Level.toLevel(System.getenv(LEVEL_VARIABLE), Level.INFO));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}

package dcluster.runtime;

import dcluster.journal.AmnesiaException;
import dcluster.journal.DamagedJournalException;
import dcluster.journal.RefusedFolderException;
import dcluster.runtime.StartException.Kind;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.Member;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.BindException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A member of a cluster that runs in this process: a node, or the coordinator. Safe for use by any thread. */
public final class MemberProcess {
    private static final Logger LOG = LoggerFactory.getLogger(MemberProcess.class);
    // Together with the last sync these stay below a second, unless the disk stalls.
    private static final long QUIESCE_MILLIS = 600;
    private static final long CLOSE_MILLIS = 200;

    private final Vertx vertx;
    private final MemberVerticle<?> verticle;
    private final CompletableFuture<Optional<Throwable>> ended = new CompletableFuture<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicBoolean crashing = new AtomicBoolean();

    private MemberProcess(MemberSettings settings) {
        vertx = Vertx.vertx(lean());
        verticle = verticle(settings, settings.config().algorithm().provider());
    }

    /** One event loop for the member, one for its admin server; nothing that this process does not use. */
    private static VertxOptions lean() {
        return new VertxOptions()
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setBlockedThreadCheckInterval(TimeUnit.HOURS.toMillis(1))
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false));
    }

    private <M, R, T, C extends Record> MemberVerticle<M> verticle(
            MemberSettings settings, AlgorithmProvider<M, R, T, C> provider) {
        return new MemberVerticle<>(settings, new Residents<>(settings, provider), this::crash);
    }

    /**
     * Starts a member; when this returns it is ready: journal replayed, all ports open.
     *
     * @throws StartException if it cannot start; nothing of it is left running then
     */
    public static MemberProcess start(MemberSettings settings) throws StartException, InterruptedException {
        var process = new MemberProcess(settings);
        try {
            process.vertx
                    .deployVerticle(process.verticle)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException e) {
            process.stop();
            var cause = e.getCause() == null ? e : e.getCause();
            throw cause instanceof AmnesiaException amnesia ? lost(settings, amnesia) : refusal(settings, cause);
        }
        LOG.info(
                "{} of cluster '{}' is ready",
                settings.self(),
                settings.config().name());
        return process;
    }

    private static StartException lost(MemberSettings settings, AmnesiaException amnesia) {
        return new StartException(Kind.RESOURCE, settings.memory().refusal(settings, amnesia), amnesia);
    }

    private static StartException refusal(MemberSettings settings, Throwable cause) {
        if (cause instanceof BindException) {
            var own = settings.own();
            return new StartException(Kind.RESOURCE, taken(own) + ": " + cause.getMessage(), cause);
        }
        if (cause instanceof RefusedFolderException || cause instanceof DamagedJournalException) {
            return new StartException(Kind.RESOURCE, String.valueOf(cause.getMessage()), cause);
        }
        if (cause instanceof IOException) {
            return new StartException(
                    Kind.RESOURCE, "cannot use the folder " + settings.data() + ": " + cause.getMessage(), cause);
        }
        if (cause instanceof IllegalArgumentException) {
            return new StartException(Kind.CONFIGURATION, String.valueOf(cause.getMessage()), cause);
        }
        return new StartException(Kind.DEFECT, "could not start: " + cause, cause);
    }

    private static String taken(Member own) {
        return "a port of " + own.id() + " is in use (client " + own.clientPort() + ", peers " + own.peerPort()
                + ", admin " + own.adminPort() + "); stop what uses it or choose other ports";
    }

    /** Waits until the member has ended: in order, which gives nothing, or by the failure that it gives. */
    public Optional<Throwable> awaitEnd() throws InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Ends the member within a second, if its disk lets it: its clients are given a moment to hear their answers, what
     * was journalled is synced, however long that takes, all ports are closed. Does nothing the second time. Not to be called on an event loop.
     */
    public void stop() {
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        await(verticle.quiesce(), QUIESCE_MILLIS);
        verticle.closeJournal();
        await(vertx.close().toCompletionStage().toCompletableFuture(), CLOSE_MILLIS);
        if (ended.complete(Optional.empty())) {
            LOG.info("stopped in order");
        }
    }

    private static void await(CompletableFuture<?> future, long millis) {
        try {
            future.get(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("stopping: {}", e.toString());
        }
    }

    private void crash(Throwable why) {
        if (!ended.isDone() && crashing.compareAndSet(false, true)) {
            // Told before it is done: who awaits the end may end the process at once.
            LOG.error("the member ends, for it cannot trust itself any more", why);
            ended.complete(Optional.of(why));
        }
    }
}

package dcluster.runtime;

import dcluster.host.Clocks;
import dcluster.host.Envelope;
import dcluster.host.EnvelopeCodec;
import dcluster.host.JournalRecorder;
import dcluster.host.Place;
import dcluster.host.Resident;
import dcluster.host.World;
import dcluster.journal.AbandonedException;
import dcluster.journal.FolderDisk;
import dcluster.journal.Journal;
import dcluster.journal.JournalListener;
import dcluster.journal.JournalThread;
import dcluster.runtime.admin.AdminServer;
import dcluster.runtime.admin.FaultOrders;
import dcluster.runtime.admin.Metrics;
import dcluster.runtime.admin.NodeEvents;
import dcluster.runtime.admin.NodeStatus;
import dcluster.runtime.admin.NodeView;
import dcluster.runtime.admin.Operations;
import dcluster.runtime.admin.Unready;
import dcluster.runtime.gateway.Gateway;
import dcluster.runtime.gateway.NodeFacts;
import dcluster.runtime.peer.Links;
import dcluster.runtime.peer.PeerListener;
import dcluster.runtime.peer.PeerSettings;
import dcluster.runtime.peer.PeerTransport;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.spi.Status;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a member together on its event loop, and takes it apart again. */
final class MemberVerticle<M> extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(MemberVerticle.class);
    private static final long LOOK_AGAIN_NANOS = 1_000_000;
    private static final String STARTING_OR_STOPPING = "the member is starting or stopping";

    private final MemberSettings settings;
    private final Residents<M, ?, ?, ?> residents;
    private final Consumer<Throwable> crash;
    private final Instant startedAt = Instant.now();
    private final NodeEvents events = new NodeEvents(Clocks.SYSTEM);

    // Where faults of the network will come in.
    private final Links<M> links = Links.untouched();

    /** Completes when the algorithm has begun, with its refusal if it would not. */
    private final Promise<Void> begun = Promise.promise();

    private @Nullable Parts<M> parts;
    private boolean paused;
    private boolean ready;

    /** What a started member is made of. */
    private record Parts<M>(
            VertxLoop loop,
            Resident<M> resident,
            Journal journal,
            JournalThread journalThread,
            PeerTransport<M> transport,
            @Nullable Gateway gateway) {
        Parts<M> with(Gateway listening) {
            return new Parts<>(loop, resident, journal, journalThread, transport, listening);
        }
    }

    /** {@code crash} is told of whatever must end the process, on any thread. */
    MemberVerticle(MemberSettings settings, Residents<M, ?, ?, ?> residents, Consumer<Throwable> crash) {
        this.settings = settings;
        this.residents = residents;
        this.crash = crash;
    }

    @Override
    public Future<?> start() throws IOException {
        context.exceptionHandler(this::failed);
        var made = assemble();
        parts = made;
        made.resident.start(made.journal.incarnation(), made.journal.wipedAfter() > 0);
        // Comes after the turn in which the algorithm begins, which the loop was just asked for.
        made.loop.execute(begun::tryComplete);
        return made.transport
                .start()
                .compose(started -> begun.future())
                .compose(started -> Gateway.listen(
                        vertx,
                        Residents.gatewayOptions(settings.config(), settings.own()),
                        made.resident,
                        new NodeFacts(settings.version(), settings.config().members()::member, this::facts)))
                .compose(gateway -> {
                    parts = made.with(gateway);
                    return vertx.deployVerticle(admin());
                })
                .onSuccess(deployed -> ready = true);
    }

    private void failed(Throwable why) {
        if (!begun.tryFail(why)) {
            crash.accept(why);
        }
    }

    private Parts<M> assemble() throws IOException {
        var loop = new VertxLoop(vertx, context);
        var recorder = new JournalRecorder();
        var transport = new DeferredTransport<M>();
        var random = new SplittableRandom(new SecureRandom().nextLong());
        var world = new World<M>(loop, Clocks.SYSTEM, random, recorder, transport, this::noted);
        var resident =
                residents.make(new Place<>(settings.self(), settings.config().members(), world));
        var journal = open(resident);
        var journalThread = new JournalThread(journal, loop, new JournalWatch());
        recorder.attach(journalThread);
        var peers = new PeerTransport<M>(
                vertx, peerSettings(journal), new EnvelopeCodec<>(residents.messageType()), links.incoming(new Ears()));
        transport.attach(links.outgoing(peers));
        return new Parts<>(loop, resident, journal, journalThread, peers, null);
    }

    private Journal open(Resident<M> resident) throws IOException {
        var witness = settings.memory().witness(settings.self());
        if (witness.isWiped()) {
            Wipes.require(settings.config(), settings.self());
        }
        var journal = Journal.open(
                FolderDisk.at(settings.data()),
                residents.identity(),
                Residents.journalOptions(settings.config()).with(witness),
                resident::replay);
        LOG.info("opened the journal, incarnation {}: {}", journal.incarnation(), journal.recovery());
        return journal;
    }

    private PeerSettings peerSettings(Journal journal) {
        var config = settings.config();
        return new PeerSettings(
                config.fullName(),
                config.algorithm().name(),
                config.members(),
                settings.self(),
                journal.incarnation(),
                Residents.peerOptions(config));
    }

    private void noted(String event, Object... details) {
        LOG.info(described(event, details));
        events.noted(event, details);
    }

    private static String described(String event, Object... details) {
        var text = new StringBuilder(event);
        for (int i = 0; i + 1 < details.length; i += 2) {
            text.append(' ').append(details[i]).append('=').append(details[i + 1]);
        }
        return text.toString();
    }

    /** Ends the process when the journal has ended, and tells people what the journal goes on without. */
    private final class JournalWatch implements JournalListener {
        @Override
        public void failed(Throwable why) {
            crash.accept(why);
        }

        @Override
        public void hindered(AbandonedException why) {
            LOG.warn("{}. The member goes on, and tries again later; look at the room on its disk", why.getMessage());
            events.noted("is hindered by its disk", "reason", String.valueOf(why.getMessage()));
        }
    }

    /** Hears the peers on behalf of the resident, and stops listening to them while it is full. */
    private final class Ears implements PeerListener<M> {
        @Override
        public void connected(NodeId peer, long incarnation) {
            // The transport has logged it, and a resident learns of its peers by what they say.
        }

        @Override
        public void received(NodeId from, Envelope<M> envelope) {
            parts().resident.receive(from, envelope);
            if (!paused && parts().resident.isFull()) {
                paused = true;
                parts().transport.pauseReading();
                lookAgain();
            }
        }

        private void lookAgain() {
            parts().loop.schedule(LOOK_AGAIN_NANOS, () -> {
                if (parts().resident.isFull()) {
                    lookAgain();
                } else {
                    paused = false;
                    parts().transport.resumeReading();
                }
            });
        }

        @Override
        public void lost(NodeId peer) {
            parts().resident.lost(peer);
        }
    }

    private Parts<M> parts() {
        return Objects.requireNonNull(parts, "the member is not put together");
    }

    // What the admin server and INFO show

    private AdminServer admin() {
        var metrics = new Metrics();
        var made = parts();
        MemberMetrics.register(metrics, made.resident);
        MemberMetrics.register(metrics, made.journalThread);
        Objects.requireNonNull(made.gateway).register(metrics);
        made.transport.register(metrics);
        var own = settings.own();
        return new AdminServer(
                own.host(),
                own.adminPort(),
                new NodeView(
                        made.loop,
                        this::status,
                        this::unready,
                        metrics,
                        events,
                        new Operations(made.resident.operations(), this::operate),
                        orders(made.resident)));
    }

    private FaultOrders orders(Resident<M> resident) {
        var halt = new Halt(settings.self(), resident);
        return new FaultOrders(settings.config().chaos().enabled(), halt::at, halt::armed);
    }

    /** What came after the resident was stopped would never be answered. */
    private void operate(Command.Operation operation, Consumer<Response> whenAnswered) {
        if (ready) {
            parts().resident.submit(operation, whenAnswered);
        } else {
            whenAnswered.accept(new Response.Failed(Reason.UNAVAILABLE, STARTING_OR_STOPPING));
        }
    }

    /** Who runs the algorithm and knows no leader cannot serve if a peer refuses it, for that one may lead. */
    private Optional<Unready> unready() {
        if (!ready) {
            return Optional.of(Unready.forNow(STARTING_OR_STOPPING));
        }
        var made = parts();
        if (made.resident.status().role().equals(Status.RECOVERING)) {
            return Optional.of(Unready.forNow("it was wiped, and has not recovered from the others"));
        }
        boolean isLost = !settings.routes() && made.resident.status().leader().isEmpty();
        return made.transport.unready().or(() -> isLost ? made.transport.refusal() : Optional.empty());
    }

    private NodeStatus status() {
        var made = parts();
        var config = settings.config();
        var own = settings.own();
        return new NodeStatus(
                new NodeStatus.Identity(
                        settings.self(),
                        config.name(),
                        config.algorithm().name(),
                        config.algorithm().plainOptions(),
                        settings.version()),
                new NodeStatus.Life(
                        ProcessHandle.current().pid(),
                        made.journal.incarnation(),
                        startedAt,
                        Duration.between(startedAt, Instant.now())),
                made.resident.status(),
                made.transport.status(),
                new NodeStatus.Journal(
                        made.journalThread.bytes(), made.journalThread.metrics().syncs()),
                new NodeStatus.Ports(own.clientPort(), own.peerPort(), own.adminPort()));
    }

    private Map<String, String> facts() {
        var status = parts().resident.status();
        var facts = new LinkedHashMap<String, String>();
        facts.put("cluster", settings.config().name());
        facts.put("node", settings.self().name());
        facts.put("algorithm", settings.config().algorithm().name());
        facts.put("role", status.role());
        return facts;
    }

    // The end

    /** Lets clients finish for a moment, then closes everything but the journal. */
    CompletableFuture<?> quiesce() {
        var quiet = new CompletableFuture<Void>();
        context.runOnContext(nothing -> close().onComplete(closed -> quiet.complete(null)));
        return quiet;
    }

    private Future<?> close() {
        ready = false;
        var made = parts;
        if (made == null) {
            return Future.succeededFuture();
        }
        Future<?> clientsGone = made.gateway == null ? Future.succeededFuture() : made.gateway.close();
        return clientsGone.eventually(() -> {
            made.resident.stop();
            return made.transport.close();
        });
    }

    /** Writes what was journalled. Blocks; not on the loop. */
    void closeJournal() {
        var made = parts;
        if (made != null) {
            made.journalThread.close();
        }
    }
}

package dcluster.simulation;

import dcluster.host.Envelope;
import dcluster.host.Host;
import dcluster.host.Place;
import dcluster.host.World;
import dcluster.journal.Identity;
import dcluster.journal.Journal;
import dcluster.journal.MemoryDisk;
import dcluster.journal.MemoryDisk.Survivors;
import dcluster.simulation.Draws.Purpose;
import dcluster.simulation.Trace.Event;
import dcluster.spi.Algorithm;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Status;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One simulated machine: its disk and clocks outlive the process that runs on it, if one does. */
final class SimulatedNode<M> implements Network.Station<M> {
    private static final int SECTOR_BYTES = 64;
    private static final long UP_NANOS = 3_600_000_000_000L;
    private static final long YEAR_2020_NANOS = 1_577_836_800_000_000_000L;

    private final Population<M, ?, ?, ?> population;
    private final Scene scene;
    private final Network<M> network;
    private final int number;
    private final NodeId id;
    private final int drawsAs;
    private final MemoryDisk disk = new MemoryDisk(SECTOR_BYTES);
    private final DiskPace pace;
    private final NodeClock clock;
    private final ClockWatch clockWatch;
    private final Runnable turned;
    private @Nullable Life<M> life;
    private long lives;
    private long endBefore = -1;
    private final Tally crashes = new Tally();
    private long diskFailures;
    private final Amnesia amnesia;
    private long waited;
    private final Ambushes ambushes = new Ambushes();
    private final InForce<Runnable> watches = new InForce<>(() -> {}, last -> {});
    private boolean leads;

    SimulatedNode(Population<M, ?, ?, ?> population, Scene scene, Network<M> network, int number, Runnable turned) {
        this.population = population;
        this.scene = scene;
        this.network = network;
        this.number = number;
        this.turned = turned;
        this.id = population.ids().get(number);
        this.drawsAs = population.drawsAs(id);
        this.pace = new DiskPace(scene.agenda(), scene.draws(), drawsAs, disk);
        this.clock = new NodeClock(scene.agenda(), UP_NANOS * (number + 1), YEAR_2020_NANOS);
        this.amnesia = new Amnesia(population.recoversFromWipes());
        this.clockWatch = new ClockWatch(scene.agenda(), clock);
        network.connect(number, this);
    }

    NodeId id() {
        return id;
    }

    int number() {
        return number;
    }

    @Override
    public int drawsAs() {
        return drawsAs;
    }

    boolean isCoordinator() {
        return population.members().isCoordinator(id);
    }

    Ambushes ambushes() {
        return ambushes;
    }

    DiskPace pace() {
        return pace;
    }

    MemoryDisk disk() {
        return disk;
    }

    // Life

    /** Starts a process on what the disk holds. */
    void start() {
        lives++;
        leads = false;
        var loop = new SimulatedLoop(
                scene.agenda(),
                clock,
                () -> Tempo.turnNanos(scene.draws().bits(Purpose.TURN, drawsAs, now())),
                this::turned,
                this::broke);
        var recorder = new SimulatedRecorder(pace, loop, this::diskFailed);
        try {
            life = begin(loop, recorder);
        } catch (MemoryDisk.Failure e) {
            diskFailed(e);
            disk.kill();
        } catch (IOException e) {
            throw new Violation("Recovery", id + " does not start on its own folder: " + e.getMessage(), e);
        } catch (Violation e) {
            throw e;
        } catch (RuntimeException e) {
            broke(e);
        }
    }

    private void turned() {
        clockWatch.turned();
        var living = life;
        if (living != null) {
            scene.trace().turned(now(), id, living.host()::status);
            scene.tally().meet(Tally.RECOVERED, amnesia.recovers(living.host()::status) ? 1 : 0);
        }
        if (watches.isAny()) {
            watch();
        }
        turned.run();
    }

    private void watch() {
        boolean led = leads;
        leads = leads();
        if (leads && !led) {
            watches.all().forEach(Runnable::run);
        }
    }

    private Life<M> begin(SimulatedLoop loop, SimulatedRecorder recorder) throws IOException {
        var host = host(loop, recorder);
        var journal = pace.sync(() -> open(disk, host));
        recorder.attach(journal);
        scene.trace().node(now(), id, Event.STARTED, "starts", "incarnation", journal.incarnation());
        if (journal.end() <= endBefore) {
            scene.tally().meet("tail lost");
        }
        if (amnesia.opened(journal, lives == 1)) {
            scene.tally().meet("woke with an empty disk");
        }
        journal.recovery().cut().ifPresent(cut -> scene.tally().meet("tail torn"));
        ambushes.begin(host.points().orElseThrow());
        host.start(population.incarnation(journal.incarnation()), journal.wipedAfter() > 0);
        return new Life<>(loop, recorder, journal, host, new InForce<>(false, this::pause));
    }

    private Host<M, ?, ?> host(SimulatedLoop loop, SimulatedRecorder recorder) {
        var random = scene.draws().sequence(Purpose.ALGORITHM, drawsAs, lives);
        var world = new World<M>(loop, clock, random, population.recorder(recorder), network.from(number), this::noted);
        return population.host(new Place<>(id, population.members(), world));
    }

    private Journal open(MemoryDisk from, Host<M, ?, ?> host) throws IOException {
        var identity = new Identity("simulation", id, population.name(), population.schema());
        var salts = scene.draws().sequence(Purpose.SALT, drawsAs, lives);
        var options = population.journalOptions().with(salts::nextLong).with(amnesia.witness());
        return Journal.open(from, identity, options, host::replay);
    }

    /**
     * Compares the durable state with that of a replica that is made from the journal, unless the disk lags behind.
     *
     * @throws Violation if they differ
     */
    void compareWithShadow() {
        var living = life;
        if (living == null || living.recorder().isBehind()) {
            return;
        }
        var shadow = host(living.loop(), living.recorder());
        try {
            open(disk.copy(), shadow).close();
        } catch (IOException | RuntimeException e) {
            throw new Violation("Recovery", "the journal of " + id + " cannot be read: " + e.getMessage(), e);
        }
        var replayed = shadow.algorithm().durableState();
        var lived = living.host().algorithm().durableState();
        if (!replayed.equals(lived)) {
            throw new Violation(
                    "Recovery", "the journal of " + id + " makes " + replayed + ", and the replica holds " + lived);
        }
        scene.tally().meet("compared with a shadow");
    }

    /** The process ends without warning, by what is named; if the machine lost power, so may what was not synced. */
    void crash(boolean losesPower, String by) {
        var ending = life;
        if (ending == null) {
            return;
        }
        crashes.meet(by);
        tallyCrash(ending);
        life = null;
        endBefore = ending.journal().end();
        ending.end();
        if (losesPower) {
            disk.losePower(Survivors.ANY, scene.draws().sequence(Purpose.POWER_LOSS, drawsAs, lives));
        } else {
            disk.kill();
        }
        scene.trace().node(now(), id, Event.CRASHED, losesPower ? "loses power" : "is killed", "disk", disk.checksum());
        ending.tellClients(new Answer.Lost("the connection to " + id + " broke"));
        network.lost(number);
    }

    /** The process ends, and the machine comes back with nothing on its disk. */
    void wipe() {
        crash(true, "wipe");
        scene.trace().node(now(), id, Event.DISK, "loses all that its disk held");
        // What the folder was to become is forgotten first, or it would come back with the next loss of power.
        disk.losePower(Survivors.NOTHING, scene.draws().sequence(Purpose.POWER_LOSS, drawsAs, lives));
        disk.names().forEach(disk::remove);
        amnesia.wiped();
        endBefore = -1;
    }

    private void tallyCrash(Life<M> ending) {
        if (ending.recorder().isBehind()) {
            scene.tally().meet("crash before a sync");
        }
        if (ending.recorder().isOvertaken()) {
            scene.tally().meet("crash after an eager delivery and before its sync");
        }
    }

    /** A failure of the disk ends the process, as it would a real one. */
    private void diskFailed(IOException failure) {
        diskFailures++;
        scene.tally().meet("ended by a failing disk");
        scene.trace().node(now(), id, Event.DISK, "ends, its disk failed");
        crash(false, "disk");
    }

    private void broke(Throwable failure) {
        throw new Violation("No Crash", id + " ended by " + failure, failure);
    }

    @Override
    public boolean isUp() {
        return life != null;
    }

    @Override
    public long lives() {
        return lives;
    }

    boolean isPaused() {
        return life != null && life.pauses().now();
    }

    /** Its process stands still until what this returns is run, and until all other pauses of it have ended. */
    Runnable pause() {
        var living = life;
        if (living == null) {
            return () -> {};
        }
        long born = lives;
        var end = living.pauses().begin(true);
        return () -> {
            if (born == lives) {
                end.run();
            }
        };
    }

    private void pause(boolean pauses) {
        var living = life;
        if (living == null) {
            return;
        }
        if (pauses) {
            living.loop().pause();
            scene.trace().node(now(), id, Event.PAUSED, "is paused");
        } else {
            waited += living.loop().waiting();
            living.loop().resume();
            scene.trace().node(now(), id, Event.RESUMED, "goes on");
        }
    }

    // Clocks

    void drift(long partsInAMillion) {
        changeClock("drifts", partsInAMillion, () -> clock.drift(partsInAMillion));
    }

    void leap(long nanos) {
        changeClock("leaps", nanos, () -> clock.leap(nanos));
    }

    void setWall(long nanosLater) {
        changeClock("is set", nanosLater, () -> clock.setWall(nanosLater));
    }

    private void changeClock(String how, long by, Runnable change) {
        scene.trace().node(now(), id, Event.CLOCK, how, "by", by);
        change.run();
        if (life != null) {
            life.loop().clockChanged();
        }
    }

    // Events

    @Override
    public void arrive(NodeId from, Envelope<M> envelope) {
        if (life != null) {
            life.host().receive(from, envelope);
        }
    }

    @Override
    public Runnable overtakesItsDisk() {
        return life == null ? () -> {} : life.recorder().overtaking();
    }

    @Override
    public void lost(NodeId peer) {
        if (life != null) {
            life.host().lost(peer);
        }
    }

    /** A command has arrived from a client, who is told exactly once what became of it. */
    void submit(Command command, Consumer<Answer> client) {
        var living = life;
        if (living == null) {
            client.accept(new Answer.Refused("nothing listens at " + id));
            return;
        }
        living.submit(command, client);
    }

    private void noted(String event, Object... details) {
        scene.tally().meet(event);
        scene.trace().node(now(), id, Event.NOTED, event, details);
    }

    // What it shows

    Optional<Status> status() {
        return Optional.ofNullable(life).map(living -> living.host().status());
    }

    @Nullable
    Algorithm<M, ?, ?> algorithm() {
        return life == null ? null : life.host().algorithm();
    }

    /** Something happens whenever it begins to say that it leads; returns what ends that. */
    Runnable whenItLeads(Runnable event) {
        leads = leads();
        return watches.begin(event);
    }

    /** Whether it says that it leads. */
    boolean leads() {
        return status().flatMap(Status::leader).filter(id::equals).isPresent();
    }

    /** How often its process ended by that. */
    long crashes(String by) {
        return crashes.count(by);
    }

    /** How often its process ended because its disk failed. */
    long diskFailures() {
        return diskFailures;
    }

    Amnesia amnesia() {
        return amnesia;
    }

    /** How much waited for it when it went on after pauses. */
    long waited() {
        return waited;
    }

    ClockWatch clockWatch() {
        return clockWatch;
    }

    private long now() {
        return scene.agenda().now();
    }
}

package dcluster.host;

import java.time.Duration;

/** A started host with a probe in it, in a world that the test moves. */
final class HostRig {
    static final HostOptions OPTIONS = new HostOptions(Duration.ofMillis(1), true, 8, 1_000, 1_000, 5_000);

    final FakeWorld<Probe.Message> world = new FakeWorld<>();
    final Host<Probe.Message, Probe.Noted, String> host;
    final Probe probe;

    HostRig(HostOptions options) {
        this(options, new Probe.Config());
    }

    HostRig(HostOptions options, Probe.Config config) {
        host = newHost(options, config);
        probe = (Probe) host.algorithm();
        host.start(3, false);
        world.loop.run();
        probe.seen.clear();
    }

    Host<Probe.Message, Probe.Noted, String> newHost(HostOptions options) {
        return newHost(options, new Probe.Config());
    }

    private Host<Probe.Message, Probe.Noted, String> newHost(HostOptions options, Probe.Config config) {
        return new Host<>(options, new Probe.Provider(), config, world.place());
    }

    /** A message from n2 arrives, and the loop runs until it is idle. */
    void tell(String text) {
        host.receive(FakeWorld.N2, new Envelope.Message<>(new Probe.Plain(text)));
        world.loop.run();
    }

    /** What the host has counted under this name. */
    long count(String name) {
        if (host.figures().get(name) instanceof Figure.Count count) {
            return count.value().getAsLong();
        }
        throw new AssertionError("no such count: " + name);
    }
}

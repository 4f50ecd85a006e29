package dcluster.simulation;

import dcluster.codec.ByteReader;
import dcluster.codec.ByteWriter;
import dcluster.host.Envelope;
import dcluster.host.EnvelopeCodec;
import dcluster.host.Transport;
import dcluster.simulation.Disturbance.Kind;
import dcluster.simulation.Draws.Purpose;
import dcluster.simulation.Links.Quality;
import dcluster.simulation.Trace.Fate;
import dcluster.simulation.Trace.Link;
import dcluster.simulation.Trace.Message;
import dcluster.spi.Bytes;
import dcluster.spi.Eager;
import dcluster.spi.NodeId;
import java.util.Arrays;
import java.util.List;

/**
 * Carries envelopes between simulated machines, encoded as on real sockets. A link keeps order like a connection, but
 * for what is drawn to be overtaken; and what algorithms send may arrive in a later life of its receiver, or of its
 * sender. Forwards and their answers are the host's, which stands on connections: no copy of them outlives the process
 * that it was sent to.
 */
final class Network<M> {
    /** A machine of the network. */
    interface Station<M> {
        /** By what number it draws, the same in a network of fewer machines. */
        int drawsAs();

        /** Whether a process listens there; a sender learns at once that none does. */
        boolean isUp();

        /** How many processes there have been; the last of them is the one that is up. */
        long lives();

        void arrive(NodeId from, Envelope<M> envelope);

        /** It sends what tells of its latest records; returns what is to run whenever that arrives. */
        Runnable overtakesItsDisk();

        /** The connection to a peer broke. */
        void lost(NodeId peer);
    }

    /** Twice what a good link takes at most: a message that takes longer is delayed. */
    private static final long DELAY_NANOS = 2 * (Quality.GOOD.leastNanos() + Quality.GOOD.spreadNanos());

    private final Agenda agenda;
    private final Draws draws;
    private final Links links;
    private final EnvelopeCodec<M> codec;
    private final List<NodeId> ids;
    private final Station<M>[] stations;
    private final Link[] names;
    private final long[] sent;
    private final long[] lastArrival;
    private final long[] newest;
    private final long[] lastDraw;
    private final Selection<Disturbance> disturbances;
    private final Trace trace;
    private final Tally tally;
    private boolean forwardsEnd = true;

    /** A message on its way to one life of its receiver. */
    private record Flight(int from, int to, long life, Message message, Runnable heard) {}

    @SuppressWarnings({"unchecked", "rawtypes"})
    Network(Scene scene, Links links, EnvelopeCodec<M> codec, List<NodeId> ids, Selection<Disturbance> disturbances) {
        this.agenda = scene.agenda();
        this.draws = scene.draws();
        this.trace = scene.trace();
        this.tally = scene.tally();
        this.links = links;
        this.codec = codec;
        this.ids = ids;
        this.disturbances = disturbances;
        int size = ids.size();
        stations = new Station[size];
        names = new Link[size * size];
        Arrays.setAll(names, i -> new Link(i, ids.get(i / size), ids.get(i % size)));
        sent = new long[size * size];
        lastArrival = new long[size * size];
        newest = new long[size * size];
        lastDraw = new long[size * size];
        Arrays.fill(lastDraw, -1);
    }

    /** From now on forwards and answers may reach the next process of their receiver, as no connection allows. */
    void forwardsOutliveProcesses() {
        forwardsEnd = false;
    }

    void connect(int node, Station<M> station) {
        stations[node] = station;
    }

    /** What a node sends through. */
    Transport<M> from(int node) {
        return new Transport<>() {
            @Override
            public boolean send(NodeId to, Envelope<M> envelope) {
                int receiver = ids.indexOf(to);
                if (receiver < 0 || !stations[receiver].isUp()) {
                    return false;
                }
                Network.this.send(node, receiver, envelope);
                return true;
            }

            @Override
            public void flush() {
                // Whatever was handed over is on its way.
            }
        };
    }

    private void send(int from, int to, Envelope<M> envelope) {
        int link = links.number(from, to);
        long number = ++sent[link];
        var out = new ByteWriter(128);
        codec.encode(envelope, out);
        var message = new Message(names[link], number, Bytes.copyOf(out.array(), 0, out.size()), content(envelope));
        trace.message(agenda.now(), Fate.SENT, message);
        long draw = draw(link);
        var quality = links.quality(from, to);
        if (links.loses(from, to)) {
            lose(message, Fate.CUT);
            return;
        }
        if (draws.share(Purpose.MESSAGE_LOSS, key(from, to), draw) < quality.loss() && lets(message, Kind.LOST)) {
            links.disturbed();
            lose(message, Fate.LOST);
            return;
        }
        carry(from, to, message, draw);
        if (draws.share(Purpose.MESSAGE_REPETITION, key(from, to), draw) < quality.repetition()
                && lets(message, Kind.REPEATED)) {
            links.disturbed();
            tally.meet("message repeated");
            trace.message(agenda.now(), Fate.REPEATED, message);
            carry(from, to, message, ~draw);
        }
    }

    /** Whether a disturbance that was drawn happens. */
    private boolean lets(Message message, Kind kind) {
        return disturbances.isAll()
                || disturbances.has(
                        new Disturbance(message.link().from(), message.link().to(), agenda.now(), kind));
    }

    /** What a message draws by: its moment, and the next one if another was sent on its link at that. */
    private long draw(int link) {
        lastDraw[link] = Math.max(agenda.now(), lastDraw[link] + 1);
        return lastDraw[link];
    }

    /** What a direction draws by: the same in a cluster of fewer nodes. */
    private long key(int from, int to) {
        return (long) stations[from].drawsAs() << Integer.SIZE | stations[to].drawsAs();
    }

    private static Object content(Envelope<?> envelope) {
        return envelope instanceof Envelope.Message<?> message && message.content() != null
                ? message.content()
                : envelope;
    }

    private void carry(int from, int to, Message message, long draw) {
        int link = links.number(from, to);
        var quality = links.quality(from, to);
        long way = way(quality, key(from, to), draw);
        if (way > DELAY_NANOS) {
            links.disturbed();
        }
        long arrival = agenda.now() + way;
        if (draws.share(Purpose.MESSAGE_REORDERING, key(from, to), draw) < quality.reordering()
                && lets(message, Kind.DELAYED)) {
            trace.message(agenda.now(), Fate.DELAYED, message);
            arrival += draws.below(1 + 8 * quality.spreadNanos(), Purpose.MESSAGE_REORDERING, ~key(from, to), draw);
        } else {
            arrival = Math.max(arrival, earliest(link, quality));
            lastArrival[link] = arrival;
        }
        var flight = new Flight(from, to, stations[to].lives(), message, heard(from, message));
        agenda.at(arrival, () -> arrive(flight));
    }

    private Runnable heard(int from, Message message) {
        return message.content() instanceof Eager eager && eager.mayBeForgotten()
                ? stations[from].overtakesItsDisk()
                : Network::nothing;
    }

    private static void nothing() {}

    /** Behind what was sent before; but what is still under way from bad weather holds up nothing on a link that is good. */
    private long earliest(int link, Quality quality) {
        long last = lastArrival[link];
        boolean isStuck = last > agenda.now() + quality.leastNanos() + quality.spreadNanos();
        return isStuck && quality.equals(Quality.GOOD) ? 0 : last;
    }

    private long way(Quality quality, long key, long draw) {
        long bits = draws.bits(Purpose.MESSAGE_DELAY, key, draw);
        return quality.wayNanos(bits, quality.longTail() ? draws.share(Purpose.MESSAGE_TAIL, key, draw) : 0);
    }

    private void arrive(Flight flight) {
        var message = flight.message;
        var receiver = stations[flight.to];
        if (links.losesInFlight(flight.from, flight.to)) {
            lose(message, Fate.CUT);
            return;
        }
        boolean isOfConnection = forwardsEnd && message.content() instanceof Envelope<?>;
        if (!receiver.isUp() || (isOfConnection && receiver.lives() != flight.life)) {
            lose(message, Fate.UNHEARD);
            return;
        }
        trace.message(agenda.now(), Fate.DELIVERED, message);
        compareWithNewest(links.number(flight.from, flight.to), message.number());
        flight.heard.run();
        receiver.arrive(
                ids.get(flight.from),
                codec.decode(new ByteReader(message.encoded().toArray())));
    }

    private void compareWithNewest(int link, long number) {
        if (number < newest[link]) {
            links.disturbed();
            tally.meet("message overtaken");
        } else {
            newest[link] = number;
        }
    }

    /** A process ended: the others notice it at once, as the kernel closes its connections. */
    void lost(int node) {
        for (int other = 0; other < stations.length; other++) {
            if (other != node) {
                stations[other].lost(ids.get(node));
            }
        }
    }

    private void lose(Message message, Fate fate) {
        tally.meet("message lost");
        trace.message(agenda.now(), fate, message);
    }
}

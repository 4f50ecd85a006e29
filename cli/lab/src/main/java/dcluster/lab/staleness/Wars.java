package dcluster.lab.staleness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The Monte Carlo model of staleness in time (Bailis and others 2012, section 4.1), called WARS for what it draws of each
 * replica: how long a write takes to it (W), its acknowledgement back (A), a read to it (R) and the response (S). A replica
 * answers with the write if {@code W < write latency + t + R}, and a read sees it if one of the R first to respond does.
 *
 * <p>Refined where the paper leaves the store open: each coordinator holds a replica itself, which takes no message; an
 * acknowledgement waits for the replica's disk, and so does a response that shows what is not durable yet; and links are
 * connections, on which nothing overtakes what was sent before.
 */
final class Wars {
    private final Model model;
    private final Delays delays;
    private final RandomGenerator random;

    /**
     * What is modelled.
     *
     * @param readsFirst whether a coordinator reads before it writes, and sends the version that it makes of that when its
     *     own disk holds it, as vector clocks demand; otherwise it sends at once
     */
    record Model(Quorums quorums, boolean readsFirst) {}

    /** @throws IllegalArgumentException if there are not two coordinators */
    Wars(Model model, Delays delays, RandomGenerator random) {
        if (model.quorums.replicas() < 2) {
            throw new IllegalArgumentException("who writes and who reads are two replicas, and there is one");
        }
        this.model = model;
        this.delays = delays;
        this.random = random;
    }

    /** So many reads. */
    Behind draw(int reads, Course course) {
        var behind = new Behind(course.writes());
        for (int i = 0; i < reads; i++) {
            var sample = new Sample(course);
            var read = sample.read(coordinator(course, 1), sample.acknowledged + course.afterNanos());
            behind.add(course.writes() - read.version);
        }
        return behind;
    }

    private int coordinator(Course course, int usual) {
        return course.isAnywhere() ? random.nextInt(model.quorums.replicas()) : usual;
    }

    /** What a read saw, the number of a write or 0, and when it was answered. */
    private record Read(int version, long answered) {}

    /** A message on a link. */
    private record Sent(long at, long arrival) {}

    /** The writes of one course, and where each of them was when. Times are nanoseconds. */
    private final class Sample {
        private final int replicas = model.quorums.replicas();
        private final List<List<Sent>> links = new ArrayList<>();

        // By write, then by replica
        private final long[][] arrived;
        private final long[][] durable;

        private int written;
        private long acknowledged;

        Sample(Course course) {
            arrived = new long[course.writes()][replicas];
            durable = new long[course.writes()][replicas];
            for (int link = 0; link < replicas * replicas; link++) {
                links.add(new ArrayList<>(2 * course.writes() + 1));
            }
            for (int write = 0; write < course.writes(); write++) {
                write(coordinator(course, 0));
            }
        }

        /** When a message arrives: not before what was sent on that link before it. */
        private long arrival(int from, int to, long at) {
            long arrival = at + delays.way(random);
            var link = links.get(from * replicas + to);
            for (var sent : link) {
                arrival = sent.at <= at ? Math.max(arrival, sent.arrival) : arrival;
            }
            link.add(new Sent(at, arrival));
            return arrival;
        }

        private void write(int coordinator) {
            long asked =
                    model.readsFirst ? readBy(coordinator, accepted(acknowledged)).answered : accepted(acknowledged);
            int version = ++written;
            hold(version, coordinator, asked, asked);
            long sent = model.readsFirst ? durable[version - 1][coordinator] : asked;
            var counted = new long[replicas];
            counted[coordinator] = durable[version - 1][coordinator];
            for (int replica = 0; replica < replicas; replica++) {
                if (replica != coordinator) {
                    long arrival = arrival(coordinator, replica, sent);
                    hold(version, replica, arrival, arrival + delays.turn(random));
                    counted[replica] =
                            arrival(replica, coordinator, durable[version - 1][replica]) + delays.turn(random);
                }
            }
            Arrays.sort(counted);
            acknowledged = counted[model.quorums.writes() - 1] + delays.client(random);
        }

        /** When a node comes to what a client asks at that time. */
        private long accepted(long submitted) {
            return submitted + delays.client(random) + delays.turn(random);
        }

        private void hold(int version, int replica, long arrival, long handled) {
            int newest = version(replica, arrival, version - 1);
            // What has come and is not durable yet is synced before it.
            long free = Math.max(handled, durable(newest, replica));
            arrived[version - 1][replica] = arrival;
            // A node hears from its disk in one turn, and what waited for that leaves in the next.
            durable[version - 1][replica] = free + delays.sync(random) + delays.turn(random) + delays.turn(random);
        }

        /** A read that a client asks for at that time. */
        Read read(int coordinator, long submitted) {
            return readBy(coordinator, accepted(submitted));
        }

        private Read readBy(int coordinator, long asked) {
            var versions = new int[replicas];
            var responses = new long[replicas];
            for (int replica = 0; replica < replicas; replica++) {
                boolean isOwn = replica == coordinator;
                long arrival = isOwn ? asked : arrival(coordinator, replica, asked);
                versions[replica] = version(replica, arrival, written);
                long sent = Math.max(arrival + delays.turn(random), durable(versions[replica], replica));
                responses[replica] = isOwn ? sent : arrival(replica, coordinator, sent) + delays.turn(random);
            }
            var first = IntStream.range(0, replicas)
                    .boxed()
                    .sorted(Comparator.comparingLong(replica -> responses[replica]))
                    .limit(model.quorums.reads())
                    .toList();
            return new Read(
                    first.stream().mapToInt(replica -> versions[replica]).max().orElseThrow(),
                    responses[first.get(first.size() - 1)]);
        }

        /** The newest of the first so many versions that a replica has at that time. */
        private int version(int replica, long at, int newest) {
            int version = newest;
            while (version > 0 && arrived[version - 1][replica] > at) {
                version--;
            }
            return version;
        }

        private long durable(int version, int replica) {
            return version == 0 ? 0 : durable[version - 1][replica];
        }
    }
}

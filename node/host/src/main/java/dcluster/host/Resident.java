package dcluster.host;

import dcluster.codec.ByteReader;
import dcluster.spi.NodeId;
import dcluster.spi.Status;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What lives in a process of a cluster: a {@link Host} with its replica in a node, a {@link Router} in a
 * coordinator that only routes.
 * Everything happens on the world's loop. What is thrown out of a task of the loop must stop the process.
 *
 * <p>Life: constructed; {@link #replay} for each record that the journal holds; {@link #start}; then events; {@link
 * #stop} if it ends in order.
 */
public interface Resident<M> extends CommandSink {
    /** Replays one record of the journal. */
    void replay(ByteReader record);

    /**
     * Begins: the journal is replayed, and this incarnation, from 1, is durable. {@code isWiped} tells whether the journal
     * began empty although the node had run before.
     */
    void start(long durableIncarnation, boolean isWiped);

    /** An envelope came from a peer. */
    void receive(NodeId from, Envelope<M> envelope);

    /** The connection to a peer broke: a command that it had and did not answer has an unknown outcome. */
    void lost(NodeId peer);

    /** Answers every open request: what is not answered yet may or may not come true. */
    void stop();

    /** Whether peers should not be read for now: no turn starts until the disk has caught up, or events pile up. */
    boolean isFull();

    /** What it says of itself; between turns. */
    Status status();

    /** The operations that it takes of operators, by {@link dcluster.spi.Traits#operations name}. */
    SortedMap<String, String> operations();

    /** The points at which it can be made to end; none if it runs no algorithm. On the loop only. */
    Optional<Points> points();

    /** What it counted since its start, by name in lower case with underscores; to be read on the loop. */
    Map<String, Figure> figures();
}

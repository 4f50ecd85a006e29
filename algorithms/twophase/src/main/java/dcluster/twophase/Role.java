package dcluster.twophase;

import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Status;
import java.util.SortedMap;

/** What a member does in the protocol: as {@link dcluster.spi.Algorithm}, but for what is routed elsewhere. */
sealed interface Role permits Coordinator, Participant {
    void replay(TwoPhaseRecord record);

    void start();

    void onMessage(NodeId from, TwoPhaseMessage message);

    void onTimer(TwoPhaseTimer timer);

    /** A command that is for this member. */
    void onRequest(Request request);

    void endTurn();

    Status status();

    SortedMap<String, Object> durableState();
}

package dcluster.host;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a {@link Host} counts since its start. On the loop only. */
final class HostFigures {
    long requests;
    long expired;
    long forwarded;
    long forwardsGivenUp;
    long forwardsRepeated;
    long forwardsOutlived;
    private long turns;
    private final Distribution turnEvents = Distribution.ofSizes();
    private final Distribution turnRecords = Distribution.ofSizes();

    void turned(int events, long records) {
        turns++;
        if (events > 0) {
            turnEvents.record(events);
        }
        if (records > 0) {
            turnRecords.record(records);
        }
    }

    Map<String, Figure> all() {
        var all = new LinkedHashMap<String, Figure>();
        all.put("turns", new Figure.Count("Turns, each of which takes all events that wait.", () -> turns));
        all.put(
                "turn_events",
                new Figure.Spread(
                        "Messages, requests and timers taken in one turn, of turns that had any; what they cause shares"
                                + " one journal write and one socket write a peer.",
                        turnEvents));
        all.put(
                "turn_records",
                new Figure.Spread("Records journalled in one turn, of turns that journalled any.", turnRecords));
        all.put(
                "requests",
                new Figure.Count(
                        "Requests given to the algorithm, of clients, operators and other nodes.", () -> requests));
        all.put(
                "expired",
                new Figure.Count(
                        "Requests without an answer within network.request-timeout, so that a write's outcome is"
                                + " unknown.",
                        () -> expired));
        all.put(
                "forwarded",
                new Figure.Count(
                        "Requests passed on to the node that the algorithm named, mostly the leader.",
                        () -> forwarded));
        addForwards(all);
        return all;
    }

    private void addForwards(Map<String, Figure> all) {
        all.put(
                "forwards_given_up",
                new Figure.Count(
                        "Writes passed on whose outcome was called unknown because the next one went elsewhere: the"
                                + " leader had changed.",
                        () -> forwardsGivenUp));
        all.put(
                "forwards_repeated",
                new Figure.Count(
                        "Requests passed on by another node that were ignored, for they had come before or been"
                                + " overtaken.",
                        () -> forwardsRepeated));
        all.put(
                "forwards_outlived",
                new Figure.Count(
                        "Requests passed on by another node that were not served, for that node had been started anew"
                                + " since.",
                        () -> forwardsOutlived));
    }
}

package dcluster.app.command;

import dcluster.app.client.Reply;
import dcluster.app.client.Siblings;
import dcluster.app.command.KvResult.Reading;
import dcluster.app.terminal.Exit;
import dcluster.spi.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a key holds, to be shown with or without the context that its merge needs.
 *
 * @param contextFirst whether people are shown the context, in a line before the values; programs always are
 */
record KvSiblings(Siblings found, boolean contextFirst) {
    /** What the reply to {@code SIBLINGS key} says to who asked for the value of a key, or also for its context. */
    static Reading read(Reply reply, KvRequest request, boolean withContext) {
        var found =
                Siblings.of(reply).orElseThrow(() -> new IllegalStateException("not what a key holds: reply=" + reply));
        var shown = new KvSiblings(found, withContext);
        return switch (found.values().size()) {
            case 0 -> new Reading(Exit.NO, "there is no key '" + request.key() + "'", withContext ? shown : null);
            // It may be that they were just merged.
            case 1 -> Reading.ok(withContext ? shown : found.values().get(0));
            default -> new Reading(Exit.OK, howToMerge(request, found), shown);
        };
    }

    private static String howToMerge(KvRequest request, Siblings found) {
        var merge = new ArrayList<>(List.of("dcluster", "kv", "put", request.key(), "VALUE"));
        merge.addAll(request.clusterWords());
        merge.add("--context=" + found.context().toUtf8());
        return "'" + request.key() + "' holds " + found.values().size()
                + " values that were written concurrently; to replace them by their merge: " + ShellWords.join(merge);
    }

    /** As people are shown it. */
    List<Bytes> lines() {
        return Stream.concat(contextFirst ? Stream.of(found.context()) : Stream.of(), found.values().stream())
                .toList();
    }
}

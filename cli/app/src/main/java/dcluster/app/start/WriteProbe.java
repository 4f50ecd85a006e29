package dcluster.app.start;

import dcluster.app.client.Outcome;
import dcluster.spi.Bytes;
import dcluster.spi.Member;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Finds out whether a cluster serves writes by sending one. It deletes a key with a random name, which nobody uses: that
 * goes through the log, quorum and disks like any write, and leaves nothing behind. An algorithm that serves no
 * deletions is sent the next kind of write, of another such key; one that serves none of these kinds has shown by its
 * refusals that it serves.
 */
final class WriteProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String key = "dcluster:ready:" + UUID.randomUUID();
    private final List<List<String>> kinds = List.of(
            List.of("DEL", key), List.of("SET", key, ""), List.of("INCRBY", key, "0"), List.of("RPUSH", key, ""));

    private final List<Member> members;
    private int next;
    private int kind;
    private String lastAnswer = "no node took a connection";

    WriteProbe(List<Member> members) {
        this.members = members;
    }

    /** Sends one write to one member, each time to the next; whether that showed that the cluster serves. */
    boolean succeeds() {
        var member = members.get(next++ % members.size());
        var request = kinds.get(kind).stream().map(Bytes::utf8).toList();
        var outcome = Outcome.of(member.host(), member.clientPort(), PATIENCE, true, request);
        if (outcome instanceof Outcome.Refused refused) {
            lastAnswer = member.id() + " answered: " + refused.message();
            kind++;
            return kind == kinds.size();
        }
        // Refused connections are what one sees while a node starts; they say less than anything that came before.
        if (outcome instanceof Outcome.Unavailable unavailable) {
            lastAnswer = member.id() + " answered: " + unavailable.message();
        } else if (outcome instanceof Outcome.Unknown unknown) {
            lastAnswer = member.id() + ": " + unknown.message();
        }
        return outcome instanceof Outcome.Answered;
    }

    /** What the last attempt that got anywhere was told, for people. */
    String lastAnswer() {
        return lastAnswer;
    }
}

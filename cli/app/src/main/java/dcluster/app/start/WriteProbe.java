package dcluster.app.start;

import dcluster.app.client.Reply;
import dcluster.app.client.RespConnection;
import dcluster.spi.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Finds out whether a cluster serves writes by sending one. It deletes a key that nobody uses: that goes through the
 * log, quorum and disks like any write, and leaves nothing behind.
 */
final class WriteProbe {
    static final String KEY = "dcluster:ready";

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final List<Member> members;
    private int next;
    private String lastAnswer = "no node took a connection";

    WriteProbe(List<Member> members) {
        this.members = members;
    }

    /** Sends one write to one member, each time to the next; whether it was acknowledged. */
    boolean succeeds() {
        var member = members.get(next++ % members.size());
        try (var connection = RespConnection.open(member.host(), member.clientPort(), PATIENCE)) {
            var reply = connection.call("DEL", KEY);
            if (reply instanceof Reply.ErrorLine error) {
                lastAnswer = member.id() + " answered: " + error.text();
                return false;
            }
            return true;
        } catch (IOException e) {
            // Refused connections are what one sees while a node starts; they say less than anything that came before.
            return false;
        }
    }

    /** What the last attempt that got anywhere was told, for people. */
    String lastAnswer() {
        return lastAnswer;
    }
}

package dcluster.app.demo;

import dcluster.app.client.Reply;
import dcluster.app.client.RespConnection;
import dcluster.app.client.Siblings;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.spi.Bytes;
import dcluster.spi.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What reading all keys of a ledger showed.
 *
 * @param lost keys whose writes were acknowledged, and whose values are not there; none, if the cluster keeps its word
 * @param openCount writes of unknown outcome
 * @param openThereCount those of them that have taken effect
 */
record ReadBack(List<String> lost, int openCount, int openThereCount) {
    private static final int BATCH = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * Reads everything at one node.
     *
     * @throws Failure if the node does not serve it
     */
    static ReadBack at(Member member, Ledger ledger) {
        try (var connection = RespConnection.open(member.host(), member.clientPort(), PATIENCE)) {
            var lost = mismatches(connection, ledger.acknowledged());
            var open = ledger.unknown();
            int absent = mismatches(connection, open).size();
            return new ReadBack(lost, open.size(), open.size() - absent);
        } catch (IOException e) {
            throw new Failure(Exit.UNHEALTHY, member.id() + " does not answer: " + e.getMessage(), e);
        }
    }

    private static List<String> mismatches(RespConnection connection, Map<String, String> expected) throws IOException {
        var keys = expected.keySet().stream().sorted().toList();
        var wrong = new ArrayList<String>();
        for (int from = 0; from < keys.size(); from += BATCH) {
            var batch = keys.subList(from, Math.min(keys.size(), from + BATCH));
            var values = values(connection, batch);
            for (int i = 0; i < batch.size(); i++) {
                var key = batch.get(i);
                var value = Bytes.utf8(String.valueOf(expected.get(key)));
                if (!held(connection, key, values.get(i)).contains(value)) {
                    wrong.add(key);
                }
            }
        }
        return wrong;
    }

    /** What is there of a key, given its plain reply: one value, none, or several that were written concurrently. */
    private static List<Bytes> held(RespConnection connection, String key, Reply reply) throws IOException {
        if (reply instanceof Reply.ErrorLine error && error.isOfSiblings()) {
            var all = connection.call("SIBLINGS", key);
            return Siblings.of(all).orElseThrow(() -> unreadable(all)).values();
        }
        return reply instanceof Reply.Bulk bulk ? List.of(bulk.content()) : List.of();
    }

    private static List<Reply> values(RespConnection connection, List<String> keys) throws IOException {
        var reply = connection.call(
                Stream.concat(Stream.of("MGET"), keys.stream()).map(Bytes::utf8).toList());
        if (reply instanceof Reply.Many many && many.elements().size() == keys.size()) {
            return many.elements();
        }
        throw unreadable(reply);
    }

    private static Failure unreadable(Reply reply) {
        return new Failure(Exit.UNHEALTHY, "cannot read everything back: " + reply);
    }
}

package dcluster.runtime.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.host.CommandSink;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a client sees what concurrent writes have left, and replaces it by their merge. */
class SiblingsTest extends OneClient {
    private static final String TOLD =
            "values were written concurrently: read them with SIBLINGS key, and replace them by"
                    + " their merge with MERGE key context value";

    @Test
    void aKeyWithSeveralValuesHasNoPlainOne() {
        assertThat(replies(
                        new SiblingSink(), "SET a 1", "GET a", "SET a 2", "SET a 3", "GET a", "SET b 1", "MGET b a c"))
                .containsExactly(
                        "+OK",
                        "$1",
                        "+OK",
                        "+OK",
                        "-SIBLINGS 3 " + TOLD,
                        "+OK",
                        "*$1 -SIBLINGS 3 " + TOLD + " (absent)");
        assertThat(replies(new SiblingSink(), "SET a 1", "SET a 2", "MGET a")).endsWith("*-SIBLINGS 2 " + TOLD);
    }

    @Test
    void siblingsAreReadBehindTheirContext() {
        assertThat(replies(new SiblingSink(), "SIBLINGS a", "SET a 1", "SIBLINGS a", "SET a 2", "siblings a"))
                .containsExactly("*$upto0", "+OK", "*$upto1 $1", "+OK", "*$upto2 $1 $2");
    }

    @Test
    void aMergeReplacesWhatItsContextHasSeenAndNothingElse() {
        var node = new SiblingSink();
        assertThat(replies(node, "SET a 1", "SET a 2", "MERGE a upto2 3", "GET a"))
                .containsExactly("+OK", "+OK", "+OK", "$3");
        assertThat(replies(node, "SET a 4", "MERGE a upto3 5", "SIBLINGS a"))
                .containsExactly("+OK", "+OK", "*$upto5 $4 $5");
        assertThat(replies(node, "MERGE a upto4", "GET a", "merge a upto5", "GET a", "SIBLINGS a"))
                .containsExactly("+OK", "$5", "+OK", "(absent)", "*$upto0");
    }

    @Test
    void contextsGoThroughByteByByte() {
        var context = "\0\r\n\u00ff $3";
        connection.received(Resp.bytes(Resp.array("MERGE", "a", context, "") + Resp.array("MERGE", "b", context)));
        assertThat(sink.submitted())
                .containsExactly(
                        new Command.Merge(Bytes.utf8("a"), Optional.of(Bytes.EMPTY), Bytes.copyOf(Resp.bytes(context))),
                        new Command.Merge(Bytes.utf8("b"), Optional.empty(), Bytes.copyOf(Resp.bytes(context))));
    }

    @Test
    void aMergeIsAWriteAndAReadOfSiblingsIsAReadOfItsKey() {
        say("MERGE a c 1", "SIBLINGS a", "SIBLINGS b", "GET b", "MERGE b c");
        assertThat(sink.submitted())
                .containsExactly(
                        new Command.Merge(Bytes.utf8("a"), Optional.of(Bytes.utf8("1")), Bytes.utf8("c")),
                        new Command.ReadSiblings(Bytes.utf8("b")),
                        get("b"));
        sink.answer(0, OK);
        assertThat(sink.submitted()).endsWith(new Command.ReadSiblings(Bytes.utf8("a")));
    }

    @Test
    void anAlgorithmThatKeepsOneValueRefusesBoth() {
        assertThat(replies(new StoreSink(), "SIBLINGS a", "MERGE a c v"))
                .allSatisfy(reply -> assertThat(reply).startsWith("-ERR it keeps one value of each key"));
    }

    @Test
    void toolsFindBothCommandsWhereTheyFindTheOthers() {
        assertThat(replies(new SiblingSink(), "MERGE a c v", "COMMAND LIST", "INFO commandstats"))
                .anySatisfy(list -> assertThat(list).contains("$merge ", "$siblings"))
                .anySatisfy(info -> assertThat(info).contains("cmdstat_merge:calls=1"));
    }

    private List<String> replies(CommandSink node, String... requests) {
        hub = new Hub(GatewayRig.anyPort(), node, GatewayRig.FACTS, loop);
        var client = new FakeWire();
        connection = open(client);
        say(requests);
        loop.run();
        var heard = new ArrayList<String>();
        new Replies(client.takeSent()).forEachRemaining(heard::add);
        return heard;
    }
}

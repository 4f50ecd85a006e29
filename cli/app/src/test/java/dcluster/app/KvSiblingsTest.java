package dcluster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.client.FakeNode;
import dcluster.app.command.TestSession;
import dcluster.app.process.ProcessRecord;
import dcluster.app.terminal.Json;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code kv} makes of a key that concurrent writes have left with several values. */
class KvSiblingsTest {
    private static final String SEVERAL = "-SIBLINGS 2 values were written concurrently\r\n";
    private static final String NOT_SERVED =
            "-ERR this algorithm does not serve it: it keeps one value of each key\r\n";

    @TempDir
    private Path temporary = Path.of("");

    private TestSession session = new TestSession();
    private int exit;

    @BeforeEach
    void moveIn() {
        session = new TestSession(temporary);
        session.session().clusters().home().cluster("one").create("cluster: one\n");
    }

    @Test
    void aPlainValueTakesOneRequestAndIsShownAsEver() throws IOException {
        assertThat(exchange("kv get k", "$1\r\nv\r\n")).containsExactly("GET k");
        assertThat(exit).isZero();
        assertThat(session.out()).isEqualTo("v\n");
        assertThat(exchange("kv get k", "$-1\r\n")).containsExactly("GET k");
        assertThat(exit).isEqualTo(1);
        assertThat(exchange("kv get k", "-WRONGTYPE a list\r\n")).containsExactly("GET k");
        assertThat(session.err()).contains("refused, and nothing was changed: WRONGTYPE a list");
    }

    @Test
    void severalValuesArePrintedALineEachAndPeopleAreToldHowToMergeThem() throws IOException {
        assertThat(exchange("kv get k", SEVERAL, array("Y3R4+/==", "v", "w"))).containsExactly("GET k", "SIBLINGS k");
        assertThat(exit).isZero();
        assertThat(session.out()).isEqualTo("v\nw\n");
        assertThat(session.err())
                .contains("'k' holds 2 values that were written concurrently")
                .contains(": dcluster kv put k VALUE --context=Y3R4+/==\n");
    }

    @Test
    void theContextIsPrintedBeforeTheValuesIfAskedFor() throws IOException {
        assertThat(exchange("kv get k --context", array("c", "v", "w"))).containsExactly("SIBLINGS k");
        assertThat(session.out()).isEqualTo("c\nv\nw\n");
        exchange("kv get k --context", array("c", "v"));
        assertThat(exit).isZero();
        assertThat(session.out()).isEqualTo("c\nv\n");
        assertThat(session.err()).isEmpty();
        exchange("kv get k --context", array("c"));
        assertThat(exit).isEqualTo(1);
        assertThat(session.out()).isEqualTo("c\n");
        assertThat(session.err()).contains("there is no key 'k'");
    }

    @Test
    void programsAreToldAllValuesAndTheContext() throws IOException {
        exchange("kv get k -o json", SEVERAL, array("c", "v", "\u00ff"));
        assertThat(Json.object(session.out()))
                .containsEntry("outcome", "ok")
                .containsEntry("context", "c")
                .containsEntry("values", List.of("v", Map.of("base64", "/w==")))
                .doesNotContainKey("value");
        exchange("kv get k -o json --context", array("c", "v"));
        assertThat(Json.object(session.out())).containsEntry("context", "c").containsEntry("values", List.of("v"));
        exchange("kv get k -o json --context", array("c"));
        assertThat(Json.object(session.out())).containsEntry("outcome", "no").containsEntry("values", List.of());
    }

    @Test
    void whatWasMergedOrDeletedMeanwhileIsShownAsItIsNow() throws IOException {
        exchange("kv get k", SEVERAL, array("c", "merged"));
        assertThat(exit).isZero();
        assertThat(session.out()).isEqualTo("merged\n");
        assertThat(session.err()).isEmpty();
        exchange("kv get k", SEVERAL, array("c"));
        assertThat(exit).isEqualTo(1);
        assertThat(session.out()).isEmpty();
    }

    @Test
    void aWriteWithAContextIsAMerge() throws IOException {
        assertThat(exchange("kv put k v --context=c=", "+OK\r\n")).containsExactly("MERGE k c= v");
        assertThat(exit).isZero();
        assertThat(exchange("kv put k v --context c", "+OK\r\n")).containsExactly("MERGE k c v");
        assertThat(exchange("kv del k --context c", "+OK\r\n")).containsExactly("MERGE k c");
        assertThat(exit).isZero();
        assertThat(exchange("kv del k --context=", "+OK\r\n")).containsExactly("MERGE k ");
        assertThat(exchange("kv put k v --context c", "-UNKNOWN it was lost\r\n"))
                .hasSize(1);
        assertThat(exit).isEqualTo(2);
    }

    @Test
    void anAlgorithmThatKeepsOneValueRefusesItWithTheReason() throws IOException {
        for (var command : List.of("kv get k --context", "kv put k v --context c", "kv del k --context c")) {
            exchange(command, NOT_SERVED);
            assertThat(exit).as(command).isEqualTo(1);
            assertThat(session.err())
                    .contains("refused, and nothing was changed: ERR this algorithm does not serve it");
        }
    }

    @Test
    void aMergeCannotBeOnACondition() {
        assertThat(run("kv put k v --context c --if-absent")).isEqualTo(64);
        assertThat(session.err()).contains("--context", "--if-absent", "leave out one");
    }

    /** Runs a command before a node that gives these answers; what the node was asked, its words parted by blanks. */
    private List<String> exchange(String command, String... answers) throws IOException {
        session.reset();
        try (var node = new FakeNode(answers)) {
            var member = new Member(new NodeId("n1"), "127.0.0.1", node.port(), 17001, 27001, "");
            var folder = session.session().clusters().home().cluster("one");
            folder.keep(ProcessRecord.initial(member, false, List.of()));
            exit = run(command + " --at n1");
            return node.requests().stream().map(KvSiblingsTest::words).toList();
        }
    }

    private int run(String command) {
        var words = command.split(" ");
        return CommandLines.of(session.session(), List.of(words)).execute(words);
    }

    private static String words(String request) {
        return Stream.of(request.split("\\*[0-9]+\r\n|\\$[0-9]+\r\n"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, word.length() - 2))
                .collect(Collectors.joining(" "));
    }

    private static String array(String... texts) {
        return "*" + texts.length + "\r\n"
                + Stream.of(texts)
                        .map(text -> "$" + text.length() + "\r\n" + text + "\r\n")
                        .collect(Collectors.joining());
    }
}

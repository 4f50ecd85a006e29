package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Transactions and operators' requests, from the command line to an algorithm in real nodes and back. */
class TxnIT {
    @RegisterExtension
    final Clusters clusters = new Clusters();

    /** The example of an algorithm, which then also tells that each node has a transaction in doubt. */
    private static String doubting(String source) {
        var traits = "properties, List.of());";
        var request = "@Override\n        public void onRequest(Request request) { // a client's command";
        assertThat(source).contains(traits, request);
        return source.replace(traits, """
                        properties, List.of(), List.of(), Set.of(), new TreeMap<>(Map.of(
                        "in-doubt", "Shows what is in doubt. No arguments.", "resolve", "ID, and commit or abort.")));
                """).replace(request, """
                private String state = "in doubt";

                @Override
                public void onRequest(Request request) {
                    if (request.command() instanceof Command.Operation operation) {
                        if (operation.name().equals("resolve")) {
                            state = "resolved: " + operation.arguments().get(1);
                        }
                        context.reply(request, new Response.Ok(new Result.Table(
                                List.of("transaction", "state", "age ms"), List.of(List.of("4f-1-2", state, "5")))));
                    } else {
                        serve(request);
                    }
                }

                private void serve(Request request) {
                """);
    }

    @Test
    void whatIsInDoubtAtRealNodesIsShownAndResolved() throws IOException {
        var jar = PrimaryBackupJar.in(clusters.cli().folder(), TxnIT::doubting);
        var cluster = clusters.start("doubt", "-a", "primary-backup", "-n", "2", "--plugin", jar.toString());
        assertThat(cluster.txn("exec", "put a 1; incr b 2", "get a").exits(0).out())
                .isEqualTo("COMMAND   RESULT\nput a 1   ok\nincr b 2  2\nget a     1\n");
        assertThat(cluster.txn("in-doubt").exits(0).out())
                .containsPattern("n1 +4f-1-2 +in doubt +5\n")
                .containsPattern("n2 +4f-1-2 +in doubt +5\n");
        cluster.kill(cluster.member("n2"));
        assertThat(cluster.txn("resolve", "4f-1-2", "--abort", "--yes").exits(4).out())
                .containsPattern("n1 +ok +4f-1-2 resolved: abort 5\n");
        assertThat(cluster.txn("in-doubt").exits(4).err())
                .contains(
                        "nothing is in doubt at the nodes that were heard", "n2 is not heard: its process is crashed");
    }
}

package dcluster.twophase;

import static dcluster.twophase.Rig.C;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.twophase.TwoPhaseMessage.Acknowledge;
import dcluster.twophase.TwoPhaseMessage.Decision;
import dcluster.twophase.TwoPhaseMessage.Prepare;
import dcluster.twophase.TwoPhaseMessage.Vote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the papers say that a transaction costs is what the transport delivers and the journals force: for each protocol,
 * outcome and number of writers and readers. The table in the package's documentation is made of the formulas.
 */
class FormulasTest {
    private static final Path DOCUMENTATION = Path.of("src/main/java/dcluster/twophase/package-info.java");

    private static final String HEADING = " *   protocol          ending     messages      coordinator  participants";

    private enum Ending {
        COMMIT,
        ABORT,
        READ_ONLY
    }

    /** So many participants write, and so many only read. */
    private record Size(long writers, long readers) {
        long all() {
            return writers + readers;
        }
    }

    /** A figure as a sentence of the sizes, and what it comes to. */
    private record Formula(String text, ToLongFunction<Size> value) {}

    /** What one protocol takes for one ending: messages of both phases, forced writes of the coordinator and of all participants. */
    private record Row(
            Protocol protocol, Ending ending, Formula messages, Formula atCoordinator, Formula atParticipants) {
        String text() {
            return String.format(
                    " *   %-16s  %-9s  %-12s  %11s  %12s",
                    protocol.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                    ending.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                    messages.text,
                    atCoordinator.text,
                    atParticipants.text);
        }
    }

    private static final Formula NONE = new Formula("0", size -> 0);
    private static final Formula ONE = new Formula("1", size -> 1);
    private static final Formula VOTES = new Formula("2r", size -> 2 * size.readers);
    private static final Formula WITHOUT_ACKNOWLEDGEMENTS =
            new Formula("3w + 2r", size -> 3 * size.writers + 2 * size.readers);
    private static final Formula ALL = new Formula("4w + 2r", size -> 4 * size.writers + 2 * size.readers);
    private static final Formula ABORT_TOLD =
            new Formula("3w + 2r - 1", size -> 3 * size.writers + 2 * size.readers - 1);
    private static final Formula ABORT_ACKNOWLEDGED =
            new Formula("4w + 2r - 2", size -> 4 * size.writers + 2 * size.readers - 2);
    private static final Formula ONE_EACH = new Formula("w", Size::writers);
    private static final Formula TWO_EACH = new Formula("2w", size -> 2 * size.writers);
    private static final Formula ONE_EACH_YES = new Formula("w - 1", size -> size.writers - 1);
    private static final Formula TWO_EACH_YES = new Formula("2w - 2", size -> 2 * size.writers - 2);

    private static final List<Row> ROWS = List.of(
            new Row(Protocol.BASIC, Ending.COMMIT, ALL, ONE, TWO_EACH),
            new Row(Protocol.BASIC, Ending.ABORT, ABORT_ACKNOWLEDGED, ONE, TWO_EACH_YES),
            new Row(Protocol.BASIC, Ending.READ_ONLY, VOTES, NONE, NONE),
            new Row(Protocol.PRESUMED_ABORT, Ending.COMMIT, ALL, ONE, TWO_EACH),
            new Row(Protocol.PRESUMED_ABORT, Ending.ABORT, ABORT_TOLD, NONE, ONE_EACH_YES),
            new Row(Protocol.PRESUMED_ABORT, Ending.READ_ONLY, VOTES, NONE, NONE),
            new Row(
                    Protocol.PRESUMED_COMMIT,
                    Ending.COMMIT,
                    WITHOUT_ACKNOWLEDGEMENTS,
                    new Formula("2", size -> 2),
                    ONE_EACH),
            new Row(Protocol.PRESUMED_COMMIT, Ending.ABORT, ABORT_ACKNOWLEDGED, ONE, TWO_EACH_YES),
            new Row(Protocol.PRESUMED_COMMIT, Ending.READ_ONLY, VOTES, ONE, NONE));

    private record Case(Row row, Size size) {}

    private static Stream<Case> cases() {
        return ROWS.stream().flatMap(row -> sizes(row).map(size -> new Case(row, size)));
    }

    private static Stream<Size> sizes(Row row) {
        return row.ending == Ending.READ_ONLY
                ? Stream.of(new Size(0, 2), new Size(0, 5))
                : Stream.of(new Size(2, 0), new Size(5, 0), new Size(2, 1), new Size(1, 4), new Size(3, 2));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aTransactionCostsWhatTheFormulasSay(Case one) {
        var run = new Run(one.row.protocol, one.size);
        if (one.row.ending == Ending.ABORT) {
            run.loseWhatTheFirstWriterExecuted();
        }
        var answer = run.toItsEnd();
        assertThat(answer).isInstanceOf(one.row.ending == Ending.ABORT ? Response.Failed.class : Response.Ok.class);
        assertThat(run.messages).as("messages").isEqualTo(one.row.messages.value.applyAsLong(one.size));
        assertThat(run.forcedAtCoordinator())
                .as("forced writes of the coordinator")
                .isEqualTo(one.row.atCoordinator.value.applyAsLong(one.size));
        assertThat(run.forcedAtParticipants())
                .as("forced writes of the participants")
                .isEqualTo(one.row.atParticipants.value.applyAsLong(one.size));
    }

    /** One transaction in a cluster of its own. */
    private static final class Run {
        private final Rig rig;
        private final Size size;
        private final long forcedBefore;
        private final dcluster.spi.Request request;
        private long messages;
        private boolean isPreparing;

        Run(Protocol protocol, Size size) {
            this.size = size;
            this.rig = new Rig(Rig.config(protocol), (int) size.all());
            rig.mesh.repeatNothing();
            forcedBefore = rig.at(C).forcedWrites();
            rig.mesh.onlyIf((to, message) -> isPreparing || !(message instanceof Prepare));
            request = rig.ask(C, command());
        }

        private Command.Transaction command() {
            return new Command.Transaction(IntStream.rangeClosed(1, (int) size.all())
                    .<Command>mapToObj(i -> i <= size.writers
                            ? new Command.Increment(rig.key(node(i)), 1)
                            : new Command.Get(rig.key(node(i))))
                    .toList());
        }

        private static NodeId node(int number) {
            return new NodeId("n" + number);
        }

        void loseWhatTheFirstWriterExecuted() {
            rig.mesh.crash(node(1));
        }

        Response toItsEnd() {
            isPreparing = true;
            rig.mesh.onlyIf((to, message) -> {
                messages += isOfTheTwoPhases(message) ? 1 : 0;
                return true;
            });
            rig.pass(java.time.Duration.ofSeconds(1));
            return rig.answer(C, request).orElseThrow();
        }

        private static boolean isOfTheTwoPhases(TwoPhaseMessage message) {
            return message instanceof Prepare
                    || message instanceof Vote
                    || message instanceof Decision
                    || message instanceof Acknowledge;
        }

        long forcedAtCoordinator() {
            return rig.at(C).forcedWrites() - forcedBefore;
        }

        long forcedAtParticipants() {
            return rig.all().stream()
                    .filter(node -> !node.equals(C))
                    .mapToLong(node -> rig.at(node).forcedWrites())
                    .sum();
        }
    }

    /** With {@code -Ddcluster.golden=write} the table in the documentation is made anew. */
    @Test
    void theDocumentationHoldsTheFormulas() throws IOException {
        var table = ROWS.stream().map(Row::text).map(String::stripTrailing).toList();
        var lines = Files.readAllLines(DOCUMENTATION);
        int first = lines.indexOf(HEADING) + 1;
        assertThat(first).as("the line behind the table's heading").isPositive();
        if ("write".equals(System.getProperty("dcluster.golden"))) {
            int end = first + lines.subList(first, lines.size()).indexOf(" * }</pre>");
            lines.subList(first, end).clear();
            lines.addAll(first, table);
            Files.write(DOCUMENTATION, lines);
        }
        assertThat(lines.subList(first, first + table.size())).isEqualTo(table);
        assertThat(lines.get(first + table.size())).isEqualTo(" * }</pre>");
    }
}

package dcluster.checker.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.testing.HandWrittenHistory;
import dcluster.checker.testing.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Histories with verdicts known by thought, of each model; they lie beside this class, among the resources. */
class HandWrittenHistoriesTest {
    private static final Budget AMPLE = new Budget(Duration.ofMinutes(1), 1 << 28);

    private static List<HandWrittenHistory> histories(Model model, boolean isAccepted) {
        var name = model.word() + ".txt";
        try (var file = Objects.requireNonNull(HandWrittenHistoriesTest.class.getResourceAsStream(name), name)) {
            var parts = new String(file.readAllBytes(), StandardCharsets.UTF_8).split("accepted\n|rejected\n", -1);
            return HandWrittenHistory.table(parts[isAccepted ? 1 : 2]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Arguments> all(boolean isAccepted) {
        return Arrays.stream(Model.values())
                .flatMap(model -> histories(model, isAccepted).stream().map(one -> Arguments.of(model, one)));
    }

    static Stream<Arguments> accepted() {
        return all(true);
    }

    static Stream<Arguments> rejected() {
        return all(false);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("accepted")
    void whatOneAfterTheOtherCouldBeIsAccepted(Model model, HandWrittenHistory history) {
        var found = new Linearizability(model, AMPLE).check(Script.history(history.script()));
        assertThat(found.isLinearizable()).as("%s", found).isTrue();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rejected")
    void whatHasNoOrderIsRejected(Model model, HandWrittenHistory history) {
        var found = new Linearizability(model, AMPLE).check(Script.history(history.script()));
        assertThat(found.undecided()).isEmpty();
        assertThat(found.bad()).hasSize(1).allMatch(Explanation::isSmallest);
    }

    @ParameterizedTest
    @EnumSource(Model.class)
    void noTwoOfThemAreEqualUpToRenaming(Model model) {
        HandWrittenHistory.requireVariety(
                histories(model, true),
                histories(model, false),
                model == Model.COUNTER ? HandWrittenHistory::canonicalWithValues : HandWrittenHistory::canonical);
    }
}

package dcluster.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.spi.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandlerTableTest {
    sealed interface Family {}

    record Ping(int number) implements Family {}

    enum Mode implements Family {
        SLOW,
        FAST
    }

    sealed interface Votes extends Family {}

    record Ask() implements Votes {}

    record Yes() implements Votes {}

    private static final NodeId N1 = new NodeId("n1");

    @Test
    void eachMessageGoesToTheHandlerOfItsTypeWithItsSender() {
        var seen = new ArrayList<String>();
        var table = HandlerTable.of(Family.class)
                .on(Ping.class, (from, ping) -> seen.add(from + " ping " + ping.number()))
                .on(Mode.class, (from, mode) -> seen.add(from + " " + mode))
                .on(Ask.class, (from, ask) -> seen.add(from + " ask"))
                .on(Yes.class, (from, yes) -> seen.add(from + " yes"))
                .build();
        for (var message : List.of(new Ping(7), Mode.FAST, new Ask(), new Yes())) {
            table.dispatch(N1, message);
        }
        assertThat(seen).containsExactly("n1 ping 7", "n1 FAST", "n1 ask", "n1 yes");
    }

    @Test
    void aTableMayBeAboutAnyContext() {
        var table = HandlerTable.of(StringBuilder.class, Votes.class)
                .on(Ask.class, (text, ask) -> text.append("ask"))
                .on(Yes.class, (text, yes) -> text.append("yes"))
                .build();
        var text = new StringBuilder();
        table.dispatch(text, new Yes());
        assertThat(text.toString()).isEqualTo("yes");
    }

    @Test
    void aTableWithoutAHandlerForEachRecordIsRefusedAndNamesThoseOfNestedFamiliesToo() {
        var table = HandlerTable.of(Family.class).on(Ask.class, (from, ask) -> {});
        assertThatThrownBy(table::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Ping")
                .hasMessageContaining("Mode")
                .hasMessageContaining("Yes")
                .hasMessageNotContaining("Ask");
    }

    @Test
    void aSecondHandlerForOneRecordIsRefused() {
        var table = HandlerTable.of(Family.class).on(Ask.class, (from, ask) -> {});
        assertThatThrownBy(() -> table.on(Ask.class, (from, ask) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two handlers for " + Ask.class.getName());
    }

    @Test
    void aHandlerForAWholeFamilyIsRefused() {
        var table = HandlerTable.of(Family.class);
        assertThatThrownBy(() -> table.on(Votes.class, (from, vote) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Votes");
    }

    interface Open {}

    sealed interface WithClass {}

    static final class Plain implements WithClass {}

    @Test
    void aFamilyThatIsNotSealedOrHoldsAPlainClassIsRefused() {
        assertThatThrownBy(() -> HandlerTable.of(Open.class)).hasMessageContaining("is not sealed");
        assertThatThrownBy(() -> HandlerTable.of(WithClass.class))
                .hasMessageContaining("Plain")
                .hasMessageContaining("neither a record nor an enum");
    }

    sealed interface Diamond {}

    sealed interface Left extends Diamond {}

    sealed interface Right extends Diamond {}

    record Both() implements Left, Right {}

    @Test
    void aRecordOfTwoFamiliesNeedsOneHandler() {
        var seen = new ArrayList<Diamond>();
        var table = HandlerTable.of(Diamond.class)
                .on(Both.class, (from, both) -> seen.add(both))
                .build();
        table.dispatch(N1, new Both());
        assertThat(seen).containsExactly(new Both());
    }
}

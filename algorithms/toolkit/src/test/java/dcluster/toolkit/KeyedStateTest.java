package dcluster.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyedStateTest {
    private static KeyedState<Value> of(int keys) {
        var state = KeyedState.<Value>empty();
        for (int i = 0; i < keys; i++) {
            state = state.with(Bytes.utf8("k" + i), new Value.Text(Bytes.utf8("v" + i), 1));
        }
        return state;
    }

    private static List<String> records(KeyedState<Value> state) {
        var records = new ArrayList<String>();
        state.records((key, value) -> key + "=" + ((Value.Text) value).text()).forEachRemaining(records::add);
        return records;
    }

    @Test
    void eachKeyIsOneRecordInTheOrderOfTheState() {
        var state = of(100);
        var inOrder = new ArrayList<String>();
        state.forEach(mapping ->
                inOrder.add(mapping.key() + "=" + mapping.key().toString().replace('k', 'v')));
        assertThat(records(state)).containsExactlyElementsOf(inOrder).hasSize(100);
        assertThat(records(of(0))).isEmpty();
    }

    @Test
    void thePartsAreAllOfItAndEachKeyIsInItsOwn() {
        var state = of(3_000);
        var inParts = new ArrayList<Bytes>();
        for (int part = 0; part < PersistentMap.PARTS; part++) {
            int one = part;
            state.part(part).forEachRemaining(mapping -> {
                assertThat(PersistentMap.part(mapping.key())).isEqualTo(one);
                assertThat(mapping.value()).isSameAs(state.get(mapping.key()));
                inParts.add(mapping.key());
            });
        }
        var all = new ArrayList<Bytes>();
        state.forEach(mapping -> all.add(mapping.key()));
        assertThat(inParts).containsExactlyInAnyOrderElementsOf(all);
    }
}

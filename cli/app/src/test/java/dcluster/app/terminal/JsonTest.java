package dcluster.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void whatIsReadIsWrittenAlike() {
        var text = "{\"a\":[1,-2,true,null,\"x\\n\\\"\"],\"b\":{\"c\":1.5},\"d\":{}}";
        assertThat(Json.line(Json.object(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "[]", "{", "{\"a\":}", "{} {}", "{\"a\":99999999999999999999}", "nonsense"})
    void whatIsNoObjectIsRefused(String text) {
        assertThatThrownBy(() -> Json.object(text)).isInstanceOf(IllegalArgumentException.class);
    }
}

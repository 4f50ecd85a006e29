package dcluster.runtime.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.Limits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which command of the store each RESP command is, and which errors the others get. */
class CommandTableTest {
    private final CommandTable table = new CommandTable();

    CommandTableTest() {
        KeyCommands.addTo(table);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET k             | Get[key=k] VALUE
            get k             | Get[key=k] VALUE
            gEt k             | Get[key=k] VALUE
            SET k v           | Put[key=k, value=v, condition=ALWAYS, previous=false] OK_OR_ABSENT
            SET k v NX        | Put[key=k, value=v, condition=IF_ABSENT, previous=false] OK_OR_ABSENT
            set k v xx        | Put[key=k, value=v, condition=IF_PRESENT, previous=false] OK_OR_ABSENT
            SET k v GET       | Put[key=k, value=v, condition=ALWAYS, previous=true] PREVIOUS
            SET k v XX GET    | Put[key=k, value=v, condition=IF_PRESENT, previous=true] PREVIOUS
            SET k v GET NX NX | Put[key=k, value=v, condition=IF_ABSENT, previous=true] PREVIOUS
            SETNX k v         | Put[key=k, value=v, condition=IF_ABSENT, previous=false] ONE_OR_ZERO
            GETSET k v        | Put[key=k, value=v, condition=ALWAYS, previous=true] PREVIOUS
            CAS k a b         | CompareAndSet[key=k, expected=Optional[a], value=b] ONE_OR_ZERO
            INCR k            | Increment[key=k, delta=1] NUMBER
            DECR k            | Increment[key=k, delta=-1] NUMBER
            INCRBY k 12       | Increment[key=k, delta=12] NUMBER
            INCRBY k -12      | Increment[key=k, delta=-12] NUMBER
            DECRBY k 12       | Increment[key=k, delta=-12] NUMBER
            INCRBY k -9223372036854775808 | Increment[key=k, delta=-9223372036854775808] NUMBER
            INCRBY k 9223372036854775807  | Increment[key=k, delta=9223372036854775807] NUMBER
            DECRBY k -9223372036854775807 | Increment[key=k, delta=9223372036854775807] NUMBER
            RPUSH k a b       | Append[key=k, elements=[a, b]] NUMBER
            LPUSH k a         | Prepend[key=k, elements=[a]] NUMBER
            LRANGE k 0 -1     | ReadList[key=k, from=0, to=-1] LIST
            SIBLINGS k        | ReadSiblings[key=k] SIBLINGS
            MERGE k c v       | Merge[key=k, value=Optional[v], context=c] OK_OR_ABSENT
            merge k c         | Merge[key=k, value=Optional.empty, context=c] OK_OR_ABSENT
            DEL k             | Delete[key=k] NUMBER
            DEL k l           | Transaction[commands=[Delete[key=k], Delete[key=l]], watched=[]] SUM
            EXISTS k          | Exists[key=k] NUMBER
            EXISTS k k        | Transaction[commands=[Exists[key=k], Exists[key=k]], watched=[]] SUM
            MGET k            | Get[key=k] ONE_VALUE
            MGET k l          | Transaction[commands=[Get[key=k], Get[key=l]], watched=[]] VALUES
            MSET k v          | Put[key=k, value=v, condition=ALWAYS, previous=false] OK_OR_ABSENT
            MSET k v k w      | Transaction[commands=[Put[key=k, value=v, condition=ALWAYS, previous=false], \
            Put[key=k, value=w, condition=ALWAYS, previous=false]], watched=[]] ALL_OK
            """)
    void requestsBecomeCommands(String request, String plan) {
        assertThat(plan(request)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET                 | ERR wrong number of arguments for 'get' command
            GET a b             | ERR wrong number of arguments for 'get' command
            SET k               | ERR wrong number of arguments for 'set' command
            CAS k a             | ERR wrong number of arguments for 'cas' command
            SIBLINGS            | ERR wrong number of arguments for 'siblings' command
            SIBLINGS k l        | ERR wrong number of arguments for 'siblings' command
            MERGE k             | ERR wrong number of arguments for 'merge' command
            MERGE k c v w       | ERR wrong number of arguments for 'merge' command
            DEL                 | ERR wrong number of arguments for 'del' command
            RPUSH k             | ERR wrong number of arguments for 'rpush' command
            MSET a 1 b          | ERR wrong number of arguments for 'mset' command
            SET k v NX XX       | ERR syntax error
            SET k v WHAT        | ERR syntax error
            SET k v EX 10       | ERR SET with EX is not supported: keys do not expire
            SET k v keepttl     | ERR SET with KEEPTTL is not supported: keys do not expire
            INCRBY k x          | ERR value is not an integer or out of range
            INCRBY k 1.5        | ERR value is not an integer or out of range
            INCRBY k 01         | ERR value is not an integer or out of range
            INCRBY k +1         | ERR value is not an integer or out of range
            INCRBY k -0         | ERR value is not an integer or out of range
            INCRBY k -          | ERR value is not an integer or out of range
            INCRBY k 9223372036854775808  | ERR value is not an integer or out of range
            INCRBY k -9223372036854775809 | ERR value is not an integer or out of range
            INCRBY k 99999999999999999999 | ERR value is not an integer or out of range
            DECRBY k -9223372036854775808 | ERR decrement would overflow
            LRANGE k 0 end      | ERR value is not an integer or out of range
            NONSENSE            | ERR unknown command 'NONSENSE', with args beginning with:
            nonsense a b        | ERR unknown command 'nonsense', with args beginning with: 'a' 'b'
            """)
    void whatMakesNoSenseIsRefused(String request, String error) {
        assertThat(plan(request).strip()).isEqualTo(error);
    }

    @Test
    void unknownCommandsAreShownShortAndPrintable() {
        assertThat(plan("a\r\n\0b " + "x".repeat(500) + " y"))
                .isEqualTo("ERR unknown command 'a???b', with args beginning with: '" + "x".repeat(128) + "' ");
    }

    @Test
    void keysOfAllCommandsAreBounded() {
        var largest = "k".repeat(Limits.MAX_KEY_BYTES);
        assertThat(plan("GET " + largest)).startsWith("Get");
        var refused = "ERR a key of 65537 bytes is above the limit of 65536";
        for (var request : List.of(
                "GET %s", "SET %s v", "DEL a %s", "MSET a 1 %s 2", "LRANGE %s 0 1", "CAS %s a b", "MERGE %s c")) {
            assertThat(plan(request.formatted(largest + "k"))).as(request).isEqualTo(refused);
        }
    }

    @Test
    void callsAreCountedByName() {
        plan("GET a");
        plan("get a");
        plan("SET");
        assertThat(table.calls()).hasToString("{get=2, set=1}");
    }

    private String plan(String request) {
        var words = new ArrayList<Bytes>();
        for (var word : request.split(" ", -1)) {
            words.add(Bytes.copyOf(Resp.bytes(word)));
        }
        try {
            var plan = (Plan.Execute) table.plan(new Words(words), new Session(1));
            return plan.command() + " " + plan.rendering();
        } catch (Refusal refusal) {
            return refusal.error();
        }
    }
}

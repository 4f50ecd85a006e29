package dcluster.host;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTableTest {
    private static final Command READ = new Command.Get(Bytes.utf8("k"));

    /** Against a sorted map: requests come, are answered in any order, some twice, some never. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void itAnswersEachRequestOnceWhateverTheOrder(long seed) {
        var random = new Random(seed);
        var table = new RequestTable(Points.none());
        var model = new TreeMap<Long, List<Response>>();
        for (int step = 0; step < 20_000; step++) {
            if (random.nextInt(100) < 51) {
                var answers = new ArrayList<Response>();
                model.put(table.open(READ, answers::add, false, step).id(), answers);
            } else if (!model.isEmpty()) {
                answerOne(table, model, random, seed);
            }
            var oldest = table.oldest();
            assertThat(oldest == null ? null : oldest.request().id())
                    .as("seed %d step %d", seed, step)
                    .isEqualTo(model.isEmpty() ? null : model.firstKey());
            assertThat(table.size()).isEqualTo(model.size());
        }
        assertThat(table.bytes()).isEqualTo(model.size() * (128L + READ.bytes()));
    }

    private static void answerOne(
            RequestTable table, NavigableMap<Long, List<Response>> model, Random random, long seed) {
        var from = model.ceilingKey(model.lastKey() - random.nextInt(600));
        long id = from == null ? model.firstKey() : from;
        var answers = model.remove(id);
        var response = new Response.Unknown("x");
        table.answer(id, response);
        table.answer(id, response);
        table.answer(id + 1_000_000, response);
        assertThat(answers).as("seed %d", seed).containsExactly(response);
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 11})
    void theOldestRunsOutFirstAndOnlyInItsTime(long deadline) {
        var table = new RequestTable(Points.none());
        var first = table.open(READ, response -> {}, false, deadline);
        table.open(READ, response -> {}, false, deadline + 5);
        assertThat(table.overdue(deadline - 1)).isNull();
        assertThat(table.overdue(deadline))
                .isNotNull()
                .extracting(RequestTable.Open::request)
                .isEqualTo(first);
        table.answer(first.id(), new Response.Unknown("x"));
        assertThat(table.overdue(deadline + 4)).isNull();
        assertThat(table.overdue(deadline + 5)).isNotNull();
    }
}

package dcluster.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Command.InSession;
import dcluster.spi.Command.OpenSession;
import dcluster.spi.Response;
import dcluster.toolkit.testing.RandomCommands;
import dcluster.toolkit.testing.RandomSessions;
import dcluster.toolkit.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds of sessions whatever is asked in them, and wherever a replica begins. */
class SessionsPropertyTest {
    /** A client: the command that it asks now, under its sequence, and what it was answered first. */
    private static final class Client {
        private long sequence;
        private Command command = new OpenSession();
        private Response answer = new Response.Unknown("not asked");
    }

    private static List<StoreChunk> chunks(Frozen frozen, int bytes) {
        var chunks = new ArrayList<StoreChunk>();
        frozen.chunks(bytes).forEachRemaining(chunks::add);
        return chunks;
    }

    private static Store restored(Frozen frozen, int most, int chunkBytes) {
        var store = new Store(most);
        chunks(frozen, chunkBytes).forEach(store::restore);
        return store;
    }

    /** By key, without versions: those count the uses of sessions, too. */
    private static Map<Bytes, Object> content(Store store) {
        var content = new TreeMap<Bytes, Object>();
        for (var mapping : store.freeze().values()) {
            var value = mapping.value();
            content.put(
                    mapping.key(),
                    value instanceof Value.Text text ? text.text() : ((Value.Elements) value).elements());
        }
        return content;
    }

    private static boolean dependsOnVersions(Command command) {
        return command instanceof Command.Watch
                || (command instanceof Command.Transaction several
                        && (!several.watched().isEmpty()
                                || several.commands().stream().anyMatch(Command.Watch.class::isInstance)));
    }

    private static Command write(RandomCommands commands) {
        var command = commands.next();
        while (command.isRead() || dependsOnVersions(command)) {
            command = commands.next();
        }
        return command;
    }

    @Test
    @Tag("hard-case-16")
    void howeverOftenCommandsAreAskedTheEffectIsThatOfEachOnce() {
        Seeds.check(300, random -> {
            var once = new Store();
            var store = new Store(3);
            var clients = List.of(new Client(), new Client(), new Client());
            clients.forEach(client -> store.apply(new OpenSession()));
            var commands = new RandomCommands(random, 4);
            for (int step = 0; step < 200; step++) {
                int session = random.nextInt(clients.size());
                var client = clients.get(session);
                if (client.sequence == 0 || random.nextInt(3) == 0) {
                    client.sequence += random.nextInt(1, 3);
                    client.command = write(commands);
                    client.answer = once.apply(client.command);
                }
                var answer = store.apply(new InSession(session + 1L, client.sequence, client.command));
                if (!(answer instanceof Response.Unknown)) {
                    assertThat(answer).isEqualTo(client.answer);
                }
                if (client.sequence > 1) {
                    store.apply(new InSession(session + 1L, client.sequence - 1, write(commands)));
                }
                assertThat(content(store)).isEqualTo(content(once));
            }
        });
    }

    private static Store random(RandomGenerator random, int most) {
        var store = new Store(most);
        var commands = new RandomSessions(random, 5, most);
        for (int i = random.nextInt(200); i > 0; i--) {
            store.apply(commands.next());
        }
        return store;
    }

    /** Hard case 22: what a replica got as a snapshot, and then the rest of the log. */
    @Test
    @Tag("hard-case-22")
    void aReplicaThatBeginsWithASnapshotAnswersAndForgetsAsTheOthersDo() {
        var expired = new int[1];
        Seeds.check(300, random -> {
            int most = random.nextInt(1, 6);
            var store = random(random, most);
            var copy = restored(store.freeze(), most, random.nextInt(1, 600));
            var commands = new RandomSessions(random, 5, most);
            for (int i = 0; i < 100; i++) {
                var command = commands.next();
                var answer = store.apply(command);
                expired[0] += answer.toString().contains("expired") ? 1 : 0;
                assertThat(copy.apply(command)).isEqualTo(answer);
                assertThat(copy.hash()).isEqualTo(store.hash());
            }
            assertThat(chunks(copy.freeze(), 300)).isEqualTo(chunks(store.freeze(), 300));
            assertThat(copy.bytes()).isEqualTo(store.bytes());
            assertThat(copy.memoryBytes()).isEqualTo(store.memoryBytes());
            assertThat(copy.sessionCount()).isEqualTo(store.sessionCount());
        });
        assertThat(expired[0]).as("sometimes a session had expired").isGreaterThan(100);
    }

    @Test
    void aFrozenTableDoesNotSeeWhatIsAskedAfterwards() {
        Seeds.check(100, random -> {
            var store = random(random, 4);
            var frozen = store.freeze();
            var before = chunks(frozen, 100);
            var hash = frozen.hash();
            var commands = new RandomSessions(random, 5, 4);
            for (int i = 0; i < 50; i++) {
                store.apply(commands.next());
            }
            assertThat(chunks(frozen, 100)).isEqualTo(before);
            assertThat(frozen.hash()).isEqualTo(hash);
        });
    }

    @Test
    void whatIsRememberedShowsInTheHash() {
        var states = List.<List<Command>>of(
                List.of(),
                List.of(new OpenSession()),
                List.of(new OpenSession(), new OpenSession()),
                List.of(new OpenSession(), new OpenSession(), new OpenSession()),
                List.of(new OpenSession(), increment(1, 1)),
                List.of(new OpenSession(), increment(1, 2)),
                List.of(new OpenSession(), increment(1, 1), increment(1, 1)),
                List.of(new OpenSession(), new OpenSession(), increment(1, 1)),
                List.of(new OpenSession(), new OpenSession(), increment(2, 1)));
        var hashes = new ArrayList<Long>();
        for (var commands : states) {
            var store = new Store(2);
            commands.forEach(store::apply);
            hashes.add(store.hash());
        }
        assertThat(hashes).doesNotHaveDuplicates();
    }

    private static Command increment(long session, long sequence) {
        return new InSession(session, sequence, new Command.Increment(Bytes.utf8("k"), 1));
    }

    @Test
    void theTableIsTheSameInEveryVirtualMachine() {
        var store = new Store(2);
        store.apply(new OpenSession());
        store.apply(increment(1, 1));
        assertThat(store.hash()).isEqualTo(-566567727179343909L);
    }

    @Test
    void aLostARepeatedOrAMisplacedSessionIsRefused() {
        var store = new Store(3);
        for (int i = 0; i < 3; i++) {
            store.apply(new OpenSession());
        }
        var chunks = chunks(store.freeze(), 1);
        assertThat(chunks).hasSize(3);
        var copy = new Store(3);
        copy.restore(chunks.get(1));
        assertThatThrownBy(() -> copy.restore(chunks.get(0))).hasMessageContaining("does not follow by its use");
        assertThatThrownBy(() -> copy.restore(chunks.get(1))).hasMessageContaining("does not follow by its use");
    }

    @Test
    void chunksOfSessionsAreNoLargerThanAsked() {
        var store = new Store(5000);
        for (int i = 0; i < 5000; i++) {
            store.apply(new OpenSession());
        }
        var chunks = chunks(store.freeze(), 10_000);
        assertThat(chunks).hasSizeGreaterThan(20).allMatch(chunk -> chunk.bytes() <= 10_000);
        assertThat(chunks.stream().mapToLong(StoreChunk::bytes).sum()).isEqualTo(store.bytes());
    }
}

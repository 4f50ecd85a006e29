package dcluster.unreplicated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.spi.ByteSize;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Command.Get;
import dcluster.spi.Command.Increment;
import dcluster.spi.Command.Put;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.spi.Nothing;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.RecordingContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Commands that are asked again in their session, with crashes in between. */
class SessionsTest {
    private static final Bytes K = Bytes.utf8("k");
    private static final UnreplicatedConfig SMALL = new UnreplicatedConfig(new ByteSize(4 << 10), 4);

    private final RecordingContext<Nothing, UnreplicatedRecord, Nothing> context =
            new RecordingContext<>(new NodeId("n1"), Members.of(1), 1);

    SessionsTest() {
        // Only commands are long here.
        context.weighRecords(record -> record instanceof UnreplicatedRecord.Applied applied
                ? 20 + applied.command().bytes()
                : 20);
        context.attach(create(context));
    }

    private static Unreplicated create(Context<Nothing, UnreplicatedRecord, Nothing> context) {
        return new Unreplicated(SMALL, context);
    }

    private Response answer(Command command) {
        var request = context.request(command);
        context.durable();
        return context.reply(request).orElseThrow();
    }

    @Test
    @Tag("hard-case-16")
    void aCommandOfASessionThatIsAskedAgainAfterACrashIsAppliedOnce() {
        var one = new Response.Ok(new Result.WholeNumber(1));
        var first = new Command.InSession(1, 1, new Increment(K, 1));
        assertThat(answer(new Command.OpenSession())).isEqualTo(one);
        assertThat(answer(first)).isEqualTo(one);
        context.crashAndRestart(SessionsTest::create);
        assertThat(answer(first)).isEqualTo(one);
        for (int i = 0; i < 200; i++) {
            context.request(new Put(Bytes.utf8("filler"), Bytes.copyOf(new byte[100])));
        }
        assertThat(context.rewriting()).as("the journal was compacted").isTrue();
        context.durable();
        context.crashAndRestart(SessionsTest::create);
        assertThat(answer(first)).isEqualTo(one);
        assertThat(answer(new Get(K))).isEqualTo(new Response.Ok(new Result.Found(Bytes.utf8("1"))));
    }

    @Test
    void howManySessionsAreRememberedMayNotChangeWhileThereIsData() {
        var provider = new UnreplicatedProvider();
        var more = new UnreplicatedConfig(SMALL.compactAbove(), SMALL.sessions() + 1);
        assertThatThrownBy(() -> provider.checkChange(SMALL, Members.of(1), more, Members.of(1)))
                .hasMessageContaining("none goes on with the sessions that it began with, 4, not with 5");
    }
}

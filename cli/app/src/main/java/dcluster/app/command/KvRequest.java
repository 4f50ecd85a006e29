package dcluster.app.command;

import dcluster.app.client.Outcome;
import dcluster.app.client.Reply;
import dcluster.app.command.KvResult.Reading;
import dcluster.spi.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What every command on a key takes, and how it is carried out. */
final class KvRequest {
    @Mixin
    private KvTarget target = new KvTarget();

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    private KvInSession inSession = new KvInSession();

    @Parameters(index = "0", paramLabel = "KEY", description = "The key.")
    private String key = "";

    String key() {
        return key;
    }

    /** See {@link ClusterOption#words}. */
    List<String> clusterWords() {
        return target.clusterWords();
    }

    /** Sends a request that changes nothing: a word of the protocol, the key, and what follows; its exit code. */
    int read(Session session, Function<Reply, Reading> reader, String word, Bytes... rest) {
        return show(session, reader, ask(session, word, rest));
    }

    /** As {@link #read}, one that may change something. */
    int write(Session session, Function<Reply, Reading> reader, String word, Bytes... rest) {
        var outcome = target.send(session, true, request(word, rest));
        return new KvResult(session, format, key, inSession.unserved()).show(outcome, reader);
    }

    /** Sends a request that changes nothing, and shows nothing of how it ended. */
    Outcome ask(Session session, String word, Bytes... rest) {
        return target.send(session, false, request(word, rest));
    }

    /** Shows how a request that changes nothing ended; its exit code. */
    int show(Session session, Function<Reply, Reading> reader, Outcome outcome) {
        return new KvResult(session, format, key, KvResult.UNSERVED).show(outcome, reader);
    }

    private List<Bytes> request(String word, Bytes... rest) {
        var request = new ArrayList<>(List.of(Bytes.utf8(word), KvValue.text(key)));
        request.addAll(List.of(rest));
        return inSession.wrap(request);
    }
}

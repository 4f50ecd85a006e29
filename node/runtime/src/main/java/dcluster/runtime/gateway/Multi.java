package dcluster.runtime.gateway;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Command.Watched;
import dcluster.spi.Limits;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one client watches, and what it has said since MULTI. All of it together is one command in the end, so it is
 * bounded as a request is: by {@link RespParser#MAX_WORDS} and {@link Limits#MAX_COMMAND_BYTES}.
 *
 * <pre>
 *            MULTI               a request is refused
 *   closed ---------&gt; open ------------------------------&gt; broken
 *      ^               |  EXEC: one command of the store      |
 *      |               |  DISCARD                             |  EXEC: EXECABORT
 *      `---------------&#39;                                      |  DISCARD
 *      `------------------------------------------------------&#39;
 * </pre>
 *
 * <p>Closed is a client's beginning: its {@link Session} keeps nothing of this then. So whatever ends a transaction ends
 * all watching. A WATCH that failed breaks the transaction that follows it, even one that was sent before its client
 * could know.
 */
final class Multi {
    private List<Command> commands = new ArrayList<>();
    private List<TransactionReplies.Part> parts = new ArrayList<>();
    private final Map<Bytes, Long> watched = new LinkedHashMap<>();
    private int words;
    private long queuedBytes;
    private long watchedBytes;
    private boolean open;
    private boolean broken;

    /** Whether requests are queued rather than carried out. */
    boolean isOpen() {
        return open;
    }

    void open() {
        open = true;
    }

    /** Nothing of this transaction is to take effect; what was queued is not needed any more. */
    void breakUp() {
        broken = true;
        commands = List.of();
        parts = List.of();
        queuedBytes = 0;
    }

    /** Of all that is held for this client. */
    long heldBytes() {
        return queuedBytes + watchedBytes;
    }

    /** Throws a {@link Refusal} if a request of so many words and bytes is more than a transaction may hold. */
    private void check(int moreWords, long moreBytes) {
        if (words + watched.size() + moreWords > RespParser.MAX_WORDS) {
            throw new Refusal("ERR a transaction has at most " + RespParser.MAX_WORDS
                    + " words, watched keys included: make several of it");
        }
        if (heldBytes() + moreBytes > Limits.MAX_COMMAND_BYTES) {
            throw new Refusal("ERR a transaction has at most " + Limits.MAX_COMMAND_BYTES
                    + " bytes, watched keys included: make several of it");
        }
    }

    /** Queues a request, of which nothing is kept where the transaction is broken anyway. */
    void queue(Plan.Execute plan, Words request) {
        if (broken) {
            return;
        }
        long bytes = weight(request.list());
        check(request.count(), bytes);
        words += request.count();
        queuedBytes += bytes;
        if (plan.command() instanceof Command.Transaction several) {
            commands.addAll(several.commands());
            parts.add(new TransactionReplies.Part(
                    plan.rendering(), several.commands().size(), true));
        } else {
            commands.add(plan.command());
            parts.add(new TransactionReplies.Part(plan.rendering(), 1, false));
        }
    }

    /** What EXEC asks for. */
    Plan exec() {
        if (broken) {
            return new Plan.Answer(
                    Reply.error("EXECABORT nothing of this transaction took effect, as one of its commands"
                            + " or a WATCH before it was answered with an error"));
        }
        if (commands.isEmpty()) {
            return new Plan.Answer(writer -> writer.array(0));
        }
        var dependsOn = new ArrayList<Watched>(watched.size());
        watched.forEach((key, version) -> dependsOn.add(new Watched(key, version)));
        return new Plan.Execute(
                new Command.Transaction(commands, dependsOn), new TransactionReplies(List.copyOf(parts)));
    }

    /** Throws a {@link Refusal} if these are more keys than can be watched. */
    void checkWatch(List<Bytes> keys) {
        check(keys.size(), weight(keys));
    }

    /** A WATCH was answered. Of a key that was watched before the first version counts. */
    void watched(List<Bytes> keys, Response response) {
        if (!(response instanceof Response.Ok ok)) {
            broken = true;
            return;
        }
        var results = ok.result() instanceof Result.Each each ? each.results() : List.of(ok.result());
        for (int i = 0; i < keys.size(); i++) {
            long version = ((Result.WholeNumber) results.get(i)).value();
            if (watched.putIfAbsent(keys.get(i), version) == null) {
                watchedBytes += RespParser.WORD_OVERHEAD + (long) keys.get(i).size();
            }
        }
    }

    private static long weight(List<Bytes> words) {
        long sum = 0;
        for (var word : words) {
            sum += RespParser.WORD_OVERHEAD + (long) word.size();
        }
        return sum;
    }
}

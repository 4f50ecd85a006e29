package dcluster.abd;

import dcluster.abd.AbdMessage.Answer;
import dcluster.abd.AbdMessage.Change;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Request;
import dcluster.spi.Result;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command on its way through a majority.
 *
 * <pre>{@code
 *             a majority answered               a majority holds it
 *   QUERYING ---------------------> PROPAGATING --------------------> answered
 *       |                                                               ^
 *       +---------------------------------------------------------------+
 *          a read, and all of that majority hold the same
 * }</pre>
 */
final class Operation {
    final long number;
    final Request request;
    final Bytes key;

    /** How much the state may grow by it. */
    final long growth;

    /** By index of the member, who has answered the question of this phase. */
    private long answered;

    /** Who answered with the newest. */
    private long holders;

    /** The newest of the answers to the query. */
    Answer newest = Answer.UNWRITTEN;

    /** What is being propagated; null while querying. */
    @Nullable
    Change propagated;

    Operation(long number, Request request, long growth) {
        this.number = number;
        this.request = request;
        this.key = ((Command.OnKey) request.command()).key();
        this.growth = growth;
    }

    boolean isRead() {
        return request.command().isRead();
    }

    boolean isPut() {
        return request.command() instanceof Command.Put;
    }

    /** Once a majority has answered: whether it makes another register of this one. To delete nothing changes nothing. */
    boolean changesSomething() {
        return isPut() || (!isRead() && newest.value().isPresent());
    }

    /** Counts an answer to the query; false if that member was counted before. */
    boolean queried(int member, Answer held) {
        if (hasAnswered(member)) {
            return false;
        }
        answered |= 1L << member;
        int order = held.tag().compareTo(newest.tag());
        if (order > 0) {
            newest = held;
            holders = 0;
        }
        if (order >= 0) {
            holders |= 1L << member;
        }
        return true;
    }

    /** Whether all that answered hold the same. */
    boolean isUnanimous() {
        return holders == answered;
    }

    /** Begins the second phase. Who answered that it holds just this is counted already. */
    void propagate(Tag tag, Optional<Bytes> value) {
        answered = tag.equals(newest.tag()) ? holders : 0;
        propagated = new Change(number, key, tag, value);
    }

    /** Counts a member that holds what is propagated, however often it says so. */
    void held(int member) {
        answered |= 1L << member;
    }

    boolean hasAnswered(int member) {
        return (answered & 1L << member) != 0;
    }

    int answers() {
        return Long.bitCount(answered);
    }

    /** What the client learns. */
    Result result() {
        var command = request.command();
        if (command instanceof Command.Get) {
            return newest.value().<Result>map(Result.Found::new).orElse(new Result.Absent());
        }
        return isPut()
                ? new Result.Applied(true)
                : new Result.WholeNumber(newest.value().isPresent() ? 1 : 0);
    }

    /** What a write makes of its register. */
    Optional<Bytes> written() {
        return request.command() instanceof Command.Put put ? Optional.of(put.value()) : Optional.empty();
    }
}

package dcluster.runtime.gateway;

import dcluster.spi.Result;
import java.util.List;

/**
 * The reply to EXEC: an array of what each request would have been answered alone, or no array where a watched key had
 * changed.
 */
record TransactionReplies(List<Part> parts) implements Rendering {
    /**
     * One request of a transaction.
     *
     * @param commands how many commands of the store it is
     * @param isSeveral whether it is a transaction by itself, so that its results are rendered together
     */
    record Part(Rendering rendering, int commands, boolean isSeveral) {}

    @Override
    public void write(Result result, RespWriter to) {
        if (result instanceof Result.Applied) {
            to.noArray();
            return;
        }
        var results = Shape.each(result);
        to.array(parts.size());
        int from = 0;
        for (var part : parts) {
            var own = results.subList(from, from + part.commands());
            part.rendering().write(part.isSeveral() ? new Result.Each(own) : own.get(0), to);
            from += part.commands();
        }
    }
}

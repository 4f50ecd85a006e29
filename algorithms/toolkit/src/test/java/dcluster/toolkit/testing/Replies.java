package dcluster.toolkit.testing;

import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.toolkit.testing.RecordingContext.Replied;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The answers to clients that left, of each request the first. */
final class Replies {
    private final List<Replied> left = new ArrayList<>();
    private final Set<Long> answered = new HashSet<>();

    void add(Replied reply) {
        if (answered.add(reply.request().id())) {
            left.add(reply);
        }
    }

    List<Replied> all() {
        return List.copyOf(left);
    }

    Optional<Response> to(Request request) {
        return left.stream()
                .filter(one -> one.request().equals(request))
                .map(Replied::response)
                .findFirst();
    }

    /** Forgets the answers, but not what was answered. */
    void clear() {
        left.clear();
    }
}

package dcluster.quorum;

import dcluster.quorum.QuorumMessage.Answer;
import dcluster.quorum.QuorumMessage.Change;
import dcluster.quorum.QuorumMessage.Compare;
import dcluster.quorum.QuorumMessage.Item;
import dcluster.quorum.QuorumMessage.Leaf;
import dcluster.quorum.QuorumMessage.Question;
import dcluster.quorum.QuorumMessage.Receipt;
import dcluster.quorum.QuorumMessage.Want;
import dcluster.quorum.QuorumRecord.Settled;
import dcluster.quorum.Versions.Concurrent;
import dcluster.quorum.Versions.Latest;
import dcluster.quorum.Versions.Version;
import dcluster.toolkit.testing.ShortText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Messages and records as short text, for golden files. What is held of a key is {@code a@n1:2 {n1:2 n2:1}}: the value
 * {@code a}, which is n1's second version, and the clock. Of n1's first life and its first actor {@code n1} alone is
 * said. By the clock on the wall it is {@code a@50ms of n1}.
 */
final class Text {
    private static final ShortText TEXT = new ShortText(Text::own);
    private static final long DAYS_BEFORE = 20_000;

    private Text() {}

    static String of(Object value) {
        return TEXT.of(value);
    }

    private static Optional<String> own(Object value) {
        if (value instanceof Versions versions) {
            return Optional.of(versions(versions));
        }
        if (value instanceof Actor actor) {
            boolean isFirst = actor.incarnation() == 1 && actor.serial() == 1;
            var life = isFirst ? "" : "." + actor.incarnation() + "." + actor.serial();
            return Optional.of(actor.node() + life);
        }
        if (value instanceof Dot dot) {
            return Optional.of(of(dot.actor()) + ":" + dot.counter());
        }
        if (value instanceof Settled settled && settled.former().isEmpty()) {
            return Optional.of(TEXT.ofComponents(settled, Set.of("former")));
        }
        return value instanceof QuorumMessage message ? Optional.of(message(message)) : part(value);
    }

    private static String versions(Versions versions) {
        if (versions.isNone()) {
            return "nothing";
        }
        if (versions instanceof Concurrent concurrent) {
            return values(concurrent.versions()) + " {"
                    + words(concurrent.clock().dots()) + "}";
        }
        var latest = (Latest) versions;
        var time = Duration.ofNanos(latest.stamp().wallNanos()).minusDays(DAYS_BEFORE);
        return latest.value().map(Object::toString).orElse("deleted") + "@" + time.toMillis() + "ms of "
                + latest.stamp().node();
    }

    private static String values(List<Version> versions) {
        return versions.isEmpty()
                ? "deleted"
                : versions.stream()
                        .map(version -> version.value() + "@" + of(version.dot()))
                        .collect(Collectors.joining(" and "));
    }

    private static String words(List<?> values) {
        return values.stream().map(Text::of).collect(Collectors.joining(" "));
    }

    /** The incarnation of its coordinator is left out, and of hashes is said how many there are. */
    private static String message(QuorumMessage message) {
        if (message instanceof Compare compare) {
            return "Compare level=" + compare.level() + " hashes="
                    + compare.hashes().size();
        }
        if (message instanceof Leaf leaf) {
            return "Leaf leaf=" + leaf.leaf() + " keys=" + leaf.keys().size();
        }
        if (message instanceof Want want) {
            return "Want leaf=" + want.leaf() + " keys=" + want.keys().size();
        }
        return TEXT.ofComponents((Record) message, Set.of("incarnation"));
    }

    private static Optional<String> part(Object value) {
        if (value instanceof Question question) {
            return Optional.of("#" + question.operation() + " " + question.key());
        }
        if (value instanceof Answer answer) {
            return Optional.of("#" + answer.operation() + " " + of(answer.versions()));
        }
        if (value instanceof Change change) {
            var owed = change.owedTo().map(node -> " for " + node).orElse("");
            return Optional.of("#" + change.operation() + " " + change.key() + "=" + of(change.versions()) + owed);
        }
        if (value instanceof Item item) {
            return Optional.of(item.key() + "=" + of(item.versions()));
        }
        return value instanceof Receipt receipt ? Optional.of(receipt.key().toString()) : Optional.empty();
    }
}

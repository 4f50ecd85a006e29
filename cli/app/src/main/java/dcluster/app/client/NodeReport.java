package dcluster.app.client;

import dcluster.app.terminal.Json;
import dcluster.spi.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a node says of itself.
 *
 * @param healthy whether it calls itself ready
 * @param reason why it is not, as far as it says; empty if it is
 * @param refused whether that is because its peers refuse it: then waiting does not help
 * @param status its {@code /status}, empty if it gave none that can be read
 */
public record NodeReport(boolean healthy, String reason, boolean refused, Map<String, @Nullable Object> status) {
    /** What a ballot, as {@code 3.n2.1}, begins with. */
    private static final Pattern ROUND = Pattern.compile("([0-9]{1,18})\\.");

    /** Of one that does not answer. */
    public static final NodeReport SILENT = new NodeReport(false, "it does not answer", false, Map.of());

    /** What its algorithm calls the part that it plays; empty if it did not say. */
    public String role() {
        return text("role");
    }

    /** Whom it follows; empty if it knows none. */
    public String leader() {
        return text("leader");
    }

    /** A figure of its algorithm, such as {@code term}; empty if there is none of that name. */
    public Optional<Long> detail(String name) {
        return details().get(name) instanceof Long value ? Optional.of(value) : Optional.empty();
    }

    /**
     * The number of the latest time of leading that it knows: Raft's term, the round of the ballot that Paxos has promised;
     * 0 if its algorithm has none.
     */
    public long reign() {
        return detail("term").orElseGet(() -> {
            var promised = ROUND.matcher(String.valueOf(details().get("promised")));
            return promised.lookingAt() ? Long.parseLong(promised.group(1)) : 0L;
        });
    }

    private Map<?, ?> details() {
        return status.get("details") instanceof Map<?, ?> details ? details : Map.of();
    }

    /** Asks all members at the same time; one that does not answer within {@code patience} is not healthy. */
    public static Map<Member, NodeReport> ask(List<Member> members, Duration patience) {
        var calls = new ArrayList<Calls>();
        members.forEach(member -> calls.add(Calls.to(member, patience)));
        var reports = new LinkedHashMap<Member, NodeReport>();
        calls.forEach(call -> reports.put(call.member, call.await()));
        return reports;
    }

    private String text(String key) {
        return status.get(key) instanceof String value ? value : "";
    }

    private record Calls(Member member, AdminCall health, AdminCall status) {
        static Calls to(Member member, Duration patience) {
            return new Calls(
                    member,
                    AdminCall.send(member.host(), member.adminPort(), "/health", patience),
                    AdminCall.send(member.host(), member.adminPort(), "/status", patience));
        }

        NodeReport await() {
            try (health;
                    status) {
                var answer = health.await();
                boolean healthy = answer.filter(each -> each.status() == 200).isPresent();
                var why = answer.map(each -> object(each.body())).orElse(Map.of("reason", SILENT.reason));
                return new NodeReport(
                        healthy,
                        healthy ? "" : String.valueOf(why.get("reason")),
                        !healthy && Boolean.TRUE.equals(why.get("refused")),
                        status.await()
                                .filter(each -> each.status() == 200)
                                .map(each -> object(each.body()))
                                .orElse(Map.of()));
            }
        }

        private static Map<String, @Nullable Object> object(String body) {
            try {
                return Json.object(body);
            } catch (IllegalArgumentException e) {
                return Map.of();
            }
        }
    }
}

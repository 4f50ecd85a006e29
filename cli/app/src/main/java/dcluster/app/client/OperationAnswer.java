package dcluster.app.client;

import dcluster.app.terminal.Json;
import dcluster.spi.Member;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a member answered to an operation that an operator asked of it. */
public sealed interface OperationAnswer {
    /**
     * It was carried out.
     *
     * @param rows of the table that it answered, by column; a column {@code age ms} is {@code ageMs}, and its numbers
     *     are numbers; none if it answered something else
     * @param text the answer in a line
     */
    record Done(List<Map<String, Object>> rows, String text) implements OperationAnswer {
        public Done {
            rows = List.copyOf(rows);
        }
    }

    /** Its algorithm offers no such operation. */
    record NotOffered(String message) implements OperationAnswer {}

    /** It certainly did nothing. */
    record NotDone(String message) implements OperationAnswer {}

    /** It may have done it, or may yet. */
    record Unknown(String message) implements OperationAnswer {}

    /** Asks all members at the same time; one that does not answer within {@code patience} is unknown to have done it. */
    static Map<Member, OperationAnswer> ask(
            List<Member> members, String operation, List<String> arguments, Duration patience) {
        var body = Json.line(Map.of("arguments", arguments));
        var calls = new LinkedHashMap<Member, AdminCall>();
        members.forEach(
                member -> calls.put(member, AdminCall.post(member, "/operations/" + operation, body, patience)));
        var answers = new LinkedHashMap<Member, OperationAnswer>();
        calls.forEach((member, call) -> answers.put(member, OperationReader.await(call)));
        return answers;
    }

    /** The names of all operations that members offer, as the first of them says that answers; empty if none does. */
    static Optional<Set<String>> offered(List<Member> members, Duration patience) {
        return members.stream()
                .map(member -> AdminCall.send(member.host(), member.adminPort(), "/operations", patience))
                .flatMap(call -> OperationReader.offered(call).stream())
                .findFirst();
    }
}

package dcluster.app.process;

import dcluster.app.terminal.Json;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What dcluster knows about the process of one member, in a file, so that every later command finds it.
 *
 * <p>A launch is recorded twice: before it, with the {@code token} that will stand in the process's command line, and
 * after it, with {@code pid} and start time. Were the command killed between the two, the token still finds the
 * process: nothing is ever orphaned.
 *
 * @param coordinator whether it is the cluster's coordinator rather than a node
 * @param begun whether it has data, since it was ready once: it may never begin anew in an empty folder then
 * @param plugins jars that it is to load, as absolute paths
 * @param command how it was last launched; empty if it never was
 * @param token occurs in the command line of this launch and in no other; empty if there was none
 * @param pid 0 if it was never launched, or if that was not yet recorded
 * @param startedMillis when the operating system says that the process began, since 1970; 0 if not known
 */
public record ProcessRecord(
        Member member,
        boolean coordinator,
        boolean begun,
        List<String> plugins,
        List<String> command,
        String token,
        long pid,
        long startedMillis,
        Expected expected)
        implements MemberFile {

    /** What the last command that touched the process wanted of it. */
    public enum Expected {
        RUNNING,
        STOPPED,
        KILLED
    }

    public ProcessRecord {
        plugins = List.copyOf(plugins);
        command = List.copyOf(command);
    }

    /** Of a member that was never launched. */
    public static ProcessRecord initial(Member member, boolean coordinator, List<String> plugins) {
        return new ProcessRecord(member, coordinator, false, plugins, List.of(), "", 0, 0, Expected.STOPPED);
    }

    public String id() {
        return member.id().name();
    }

    /** Once it is known that it has data. */
    public ProcessRecord beginning() {
        return new ProcessRecord(member, coordinator, true, plugins, command, token, pid, startedMillis, expected);
    }

    /** Before a launch. */
    public ProcessRecord launching(List<String> newCommand, String newToken) {
        return new ProcessRecord(member, coordinator, begun, plugins, newCommand, newToken, 0, 0, Expected.RUNNING);
    }

    /** After it. */
    public ProcessRecord launched(long newPid, long newStartedMillis) {
        return new ProcessRecord(
                member, coordinator, begun, plugins, command, token, newPid, newStartedMillis, Expected.RUNNING);
    }

    /** After something else was wanted of it. */
    public ProcessRecord expecting(Expected newExpected) {
        return new ProcessRecord(member, coordinator, begun, plugins, command, token, pid, startedMillis, newExpected);
    }

    String toJson() {
        var json = new LinkedHashMap<String, Object>();
        json.put("node", id());
        json.put("coordinator", coordinator);
        json.put("begun", begun);
        json.put("host", member.host());
        json.put("clientPort", member.clientPort());
        json.put("peerPort", member.peerPort());
        json.put("adminPort", member.adminPort());
        json.put("zone", member.zone());
        json.put("plugins", plugins);
        json.put("command", command);
        json.put("token", token);
        json.put("pid", pid);
        json.put("startedMillis", startedMillis);
        json.put("expected", expected.name().toLowerCase(Locale.ROOT));
        return Json.pretty(json);
    }

    /** @throws IllegalArgumentException if the text is no such record */
    static ProcessRecord fromJson(String text) {
        var json = Json.object(text);
        try {
            var member = new Member(
                    new NodeId(string(json, "node")),
                    string(json, "host"),
                    Math.toIntExact(number(json, "clientPort")),
                    Math.toIntExact(number(json, "peerPort")),
                    Math.toIntExact(number(json, "adminPort")),
                    string(json, "zone"));
            return new ProcessRecord(
                    member,
                    (Boolean) Objects.requireNonNull(json.get("coordinator")),
                    (Boolean) Objects.requireNonNull(json.get("begun")),
                    strings(json, "plugins"),
                    strings(json, "command"),
                    string(json, "token"),
                    number(json, "pid"),
                    number(json, "startedMillis"),
                    Expected.valueOf(string(json, "expected").toUpperCase(Locale.ROOT)));
        } catch (ClassCastException | NullPointerException | ArithmeticException e) {
            throw new IllegalArgumentException("a field is missing or of the wrong kind", e);
        }
    }

    private static String string(Map<String, @Nullable Object> json, String key) {
        return (String) Objects.requireNonNull(json.get(key), key);
    }

    private static long number(Map<String, @Nullable Object> json, String key) {
        return (Long) Objects.requireNonNull(json.get(key), key);
    }

    private static List<String> strings(Map<String, @Nullable Object> json, String key) {
        return ((List<?>) Objects.requireNonNull(json.get(key), key))
                .stream().map(String.class::cast).toList();
    }
}

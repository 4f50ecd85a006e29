package dcluster.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.terminal.Failure;
import dcluster.app.terminal.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckCommandTest {
    private static final String WRITE = event(1, "invoke", "write", "4") + event(1, "ok", "write", "4");
    private static final String READ = event(2, "invoke", "read", "null") + event(2, "ok", "read", "4");
    private static final String WRONG = event(2, "invoke", "read", "null") + event(2, "ok", "read", "5");

    @TempDir
    private Path folder = Path.of("");

    private TestSession session = new TestSession();

    private static String event(int process, String type, String function, String value) {
        return "{\"process\":" + process + ",\"type\":\"" + type + "\",\"f\":\"" + function
                + "\",\"key\":\"x\",\"value\":" + value + ",\"time\":1}\n";
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private int check(String... arguments) {
        session = new TestSession();
        return new CommandLine(new CheckCommand(session.session()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    if (e instanceof Failure failure) {
                        session.session().say(String.valueOf(failure.getMessage()));
                        return failure.exit();
                    }
                    throw e;
                })
                .execute(arguments);
    }

    // Verdicts

    @Test
    void aValidHistoryIsCounted() throws IOException {
        assertThat(check(file("h", WRITE + READ + event(1, "invoke", "read", "null"))))
                .isZero();
        assertThat(session.out().lines().toList().get(0)).startsWith("HISTORY").contains("VERDICT", "MEMORY");
        assertThat(session.out().lines().toList().get(1).replaceAll(" +", " "))
                .contains("h valid register 3 2 0 1 1 2 ");
        assertThat(session.out()).contains("valid as register (guessed: it has read, write): 1 key has an order");
        assertThat(session.err()).isEmpty();
    }

    @Test
    void anInvalidHistoryIsExplained() throws IOException {
        assertThat(check(file("h", WRITE + WRONG), "--model", "register")).isEqualTo(1);
        assertThat(session.out())
                .contains("invalid as register: 1 of 1 key has no order")
                .contains("before, it held: 4")
                .contains("1  line 3-4  process 2: read x 5")
                .contains("--html FILE draws it");
    }

    @Test
    void aHistoryThatSaysNothingIsUnknown() throws IOException {
        assertThat(check(file("h", ""))).isEqualTo(2);
        assertThat(session.out()).contains("there are no operations in it");
        assertThat(check(file("h", event(1, "invoke", "write", "4") + event(1, "info", "write", "4"))))
                .isEqualTo(2);
        assertThat(check(file("h", event(1, "invoke", "write", "4") + event(1, "fail", "write", "4"))))
                .as("nothing happened, for certain")
                .isZero();
        assertThat(check(file("h", WRITE))).isEqualTo(2);
        assertThat(session.out()).contains("nothing in it could contradict that");
    }

    @Test
    void withoutTimeAHistoryIsUnknown() throws IOException {
        var many = new StringBuilder(event(3, "invoke", "write", "0"));
        for (int i = 0; i < 3000; i++) {
            many.append(WRITE).append(READ);
        }
        assertThat(check(file("h", many.toString()), "--timeout", "0ms")).isEqualTo(2);
        assertThat(session.out()).contains("the time was up");
        assertThat(check(file("h", many.toString()), "--memory", "1k")).isEqualTo(2);
        assertThat(session.out()).contains("the memory was full");
    }

    @Test
    void theWeakerModelsTakeTheirDemandsFromTheCommandLine() throws IOException {
        var stale = file("s", WRITE + event(2, "invoke", "read", "null") + event(2, "ok", "read", "null"));
        assertThat(check(stale, "--model", "staleness")).isEqualTo(1);
        assertThat(session.out()).contains("invalid as staleness");
        assertThat(check(stale, "--model", "staleness", "--behind", "1")).isZero();
        assertThat(check(stale, "--model", "staleness", "--behind", "5s")).isZero();
        assertThat(check(stale, "--model", "sessions")).isEqualTo(2);
        var alone = file("o", WRITE + event(1, "invoke", "read", "null") + event(1, "ok", "read", "4"));
        assertThat(check(alone, "--model", "sessions")).isZero();
        assertThat(check(stale, "--model", "convergence", "--settle", "1s")).isEqualTo(2);
        assertThat(check(stale, "--model", "availability")).isZero();
        assertThat(check(stale, "--model", "availability", "--answered", "100%", "--outage", "1s"))
                .isZero();
        assertThat(check(stale, "--model", "availability", "--recovery", "1s")).isEqualTo(2);
        for (var wrong : new String[][] {{"--behind", "much"}, {"--answered", "0.9"}, {"--answered", "101%"}}) {
            assertThat(check(stale, wrong[0], wrong[1])).isEqualTo(CommandLine.ExitCode.USAGE);
            assertThat(session.err() + session.out()).doesNotContain("Exception");
        }
    }

    // Terminals

    @Test
    void nothingThatATerminalWouldObeyReachesIt() throws IOException {
        var evil = WRONG.replace("5", "\"\\u001b]0;owned\\u0007\\u202e\"").replace("\"x\"", "\"x\\u009b2J\"");
        var file = file("h\u001b[31m", WRITE.replace("\"x\"", "\"x\\u009b2J\"") + evil);
        assertThat(check(file)).isEqualTo(1);
        assertThat(session.out())
                .doesNotContainPattern("[\\p{Cc}\\x{202e}&&[^\r\n]]")
                .contains("h\\u001b[31m  invalid", "h\\u001b[31m: invalid", "key x\\u009b2J:")
                .contains("read x\\u009b2J \\u001b]0;owned\\u0007\\u202e");
        assertThat(check(file, "-o", "ndjson")).isEqualTo(1);
        assertThat(Json.object(session.out())).containsEntry("history", file);
        var unknown = file("g\u001b[31m", "{\"process\":1,\"type\":\"invoke\",\"f\":\"\\u001b[2J\",\"time\":1}\n");
        assertThat(check(unknown)).isEqualTo(65);
        assertThat(session.err()).doesNotContain("\u001b").contains("g\\u001b[31m:1: unknown function \"\\u001b[2J\"");
    }

    // Files

    @Test
    void notesAreCountedIfThereAreSome() throws IOException {
        assertThat(check(file("h", WRITE + READ))).isZero();
        assertThat(session.out()).doesNotContain("NOTES");
        var heal = "{\"process\":\"nemesis\",\"type\":\"info\",\"f\":\"heal\",\"time\":1}\n";
        assertThat(check(file("n", WRITE + heal + heal + READ))).isZero();
        assertThat(session.out().lines().toList().get(0)).contains("PROCESSES  NOTES");
        assertThat(session.out().lines().toList().get(1).replaceAll(" +", " "))
                .contains("n valid register 2 2 0 0 1 2 2 ");
    }

    @Test
    void aClientWhoseNumberIsATextIsRefusedAndNotDropped() throws IOException {
        var text = WRONG.replace("\"process\":2", "\"process\":\"2\"");
        var file = file("h", WRITE + READ + text);
        assertThat(check(file)).isEqualTo(65);
        assertThat(session.err()).startsWith(file + ":5: process \"2\" is a text, so this is a note");
    }

    @Test
    void aCutFileIsReadUpToItsLastWholeLine() throws IOException {
        assertThat(check(file("h", WRITE + READ + WRONG.substring(0, 100)))).isZero();
        assertThat(session.out()).contains("its last line is cut, as by a recorder that was killed, and left out");
    }

    @Test
    void gzipIsReadAsItIs() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write((WRITE + READ).getBytes(StandardCharsets.UTF_8));
        }
        var file = Files.write(folder.resolve("h.gz"), bytes.toByteArray());
        assertThat(check(file.toString())).isZero();
        var damaged = bytes.toByteArray();
        damaged[10] = 7; // there is no such kind of block
        assertThat(check(Files.write(folder.resolve("d.gz"), damaged).toString()))
                .isEqualTo(65);
        assertThat(session.err()).contains("d.gz:1: broken gzip: ");
    }

    @Test
    void aBadLineIsNamedWithItsPlace() throws IOException {
        var file = file("h", WRITE + "{\"process\":2}\n");
        assertThat(check(file)).isEqualTo(65);
        assertThat(session.err()).startsWith(file + ":3: ");
        var queue = file("q", WRITE + READ);
        assertThat(check(queue, "--model", "queue")).isEqualTo(65);
        assertThat(session.err())
                .isEqualTo(queue + ":1: a queue has no write; --model queue may be the wrong one"
                        + System.lineSeparator());
    }

    @Test
    void whatIsNotThereIsUsage() {
        assertThat(check(folder.resolve("nothing").toString())).isEqualTo(64);
        assertThat(session.err()).contains("there is no file ");
        assertThat(check(folder.toString())).isEqualTo(64);
        assertThat(session.err()).contains("is a folder");
    }

    @Test
    void ofSeveralTheWorstCounts() throws IOException {
        var good = file("good", WRITE + READ);
        var bad = file("bad", WRITE + WRONG);
        var empty = file("empty", "");
        var none = file("none", "?\n");
        assertThat(check(good, empty)).isEqualTo(2);
        assertThat(check(empty, bad, good)).isEqualTo(1);
        assertThat(session.out().lines().filter(line -> line.startsWith(folder.toString())))
                .hasSize(6);
        assertThat(check(empty, none)).isEqualTo(65);
        assertThat(check(bad, none)).isEqualTo(1);
        assertThat(session.err()).contains(none + ":1: not JSON");
        assertThat(session.out()).contains("bad");
    }

    // Models

    @Test
    void whatCannotBeGuessedIsAskedFor() throws IOException {
        var adds = file("h", event(1, "invoke", "add", "4") + event(1, "ok", "add", "4"));
        assertThat(check(adds)).isEqualTo(64);
        assertThat(session.err()).contains("a history with add may be one of counter, set; say which by --model");
        assertThat(check(adds, "--model", "set")).isEqualTo(2);
    }

    private static String transaction(int process, String asked, String done) {
        return "{\"process\":" + process + ",\"type\":\"invoke\",\"f\":\"txn\",\"value\":" + asked + ",\"time\":1}\n"
                + "{\"process\":" + process + ",\"type\":\"ok\",\"f\":\"txn\",\"value\":" + done + ",\"time\":2}\n";
    }

    @Test
    void theLevelOfIsolationIsDemanded() throws IOException {
        var stale = file(
                "h",
                transaction(1, "[[\"append\",\"x\",1]]", "[[\"append\",\"x\",1]]")
                        + transaction(2, "[[\"r\",\"x\",null]]", "[[\"r\",\"x\",[]]]")
                        + transaction(3, "[[\"r\",\"x\",null]]", "[[\"r\",\"x\",[1]]]"));
        assertThat(check(stale)).isEqualTo(1);
        assertThat(session.out())
                .contains("not strict serializable; the strongest level that holds is strong session serializable")
                .contains("G-single-realtime:")
                .contains("T2 before T1: T2 read x when there was nothing in it, before T1 appended 1");
        assertThat(check(stale, "--isolation", "serializable")).isZero();
    }

    @Test
    void aBankNeedsItsTotal() throws IOException {
        var bank = file(
                "h",
                transaction(1, "[[\"w\",\"a\",5],[\"w\",\"b\",5]]", "[[\"w\",\"a\",5],[\"w\",\"b\",5]]")
                        + transaction(
                                2, "[[\"r\",\"a\",null],[\"r\",\"b\",null]]", "[[\"r\",\"a\",5],[\"r\",\"b\",5]]"));
        assertThat(check(bank, "--model", "bank")).isEqualTo(64);
        assertThat(session.err()).contains("--total");
        assertThat(check(bank, "--accounts", "a,b")).isEqualTo(64);
        assertThat(check(bank, "--model", "bank", "--total", "10")).isZero();
        assertThat(check(bank, "--model", "bank", "--total", "11", "--accounts", "a,b"))
                .isEqualTo(1);
        assertThat(session.out()).contains("the total is 10, not 11");
    }

    // Programs

    @Test
    void allIsThereForPrograms() throws IOException {
        var bad = file("h", WRITE + WRONG);
        assertThat(check(bad, "-o", "ndjson")).isEqualTo(1);
        var found = Json.object(session.out());
        assertThat(found)
                .containsEntry("history", bad)
                .containsEntry("verdict", "invalid")
                .containsEntry("model", "register")
                .containsEntry("operations", 2L)
                .containsEntry("ok", 2L)
                .containsEntry("fail", 0L)
                .containsEntry("info", 0L)
                .containsEntry("keys", 1L)
                .containsEntry("processes", 2L)
                .containsEntry("isCut", false)
                .containsKeys("timeMillis", "memoryBytes", "reason", "figures", "page");
        assertThat(found.get("findings"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .singleElement()
                .isEqualTo(Json.object("""
                        {"name":"not linearizable","key":"x","states":["4"],
                         "operations":[{"name":"1","text":"read x 5","process":2,"node":null,"lines":[3,4]}],
                         "reasons":["from there 1 is not possible, wherever the other operation on the key took effect, and whether it did"],
                         "links":[],"isSmallest":true}"""));
        assertThat(check(bad, bad, "-o", "json")).isEqualTo(1);
        assertThat(session.out()).startsWith("[");
    }

    // Pages

    @Test
    void aPageIsWrittenWhereItIsWantedAndReplacesNothingElse() throws IOException {
        var bad = file("h.jsonl", WRITE + WRONG);
        var page = folder.resolve("page.html");
        for (int i = 0; i < 2; i++) {
            assertThat(check(bad, "--html", page.toString())).isEqualTo(1);
            assertThat(session.out()).contains("drawn in " + page);
            assertThat(page).content().startsWith("<!doctype html>").contains("read x 5");
        }
        assertThat(check(bad, "--html", bad)).isEqualTo(64);
        assertThat(Path.of(bad)).content().isEqualTo(WRITE + WRONG);
        assertThat(check(bad, file("g.jsonl", WRITE + READ), "--html", page.toString()))
                .isEqualTo(64);
        assertThat(check(bad, "--html", folder.resolve("no/such.html").toString()))
                .isEqualTo(64);
        var pages = Files.createDirectory(folder.resolve("pages"));
        assertThat(check(bad, file("g.jsonl", WRITE + READ), "--html", pages.toString()))
                .isEqualTo(1);
        assertThat(pages.toFile().list()).containsExactlyInAnyOrder("h.html", "g.html");
    }
}

package dcluster.runtime.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What tools ask a server about itself, and what it has to say about commands of other Redis servers for which
 * "unknown" would be no help.
 */
final class ServerCommands {
    private static final Reply NOTHING = writer -> writer.array(0);
    private static final Reply NO_WEB_SERVER = Reply.error("ERR this is no web server");

    private final CommandTable table;
    private final InfoText info;
    private final Map<String, String> settings;

    private ServerCommands(CommandTable table, InfoText info, int maxConnections) {
        this.table = table;
        this.info = info;
        // What redis-benchmark and some pools ask for. Writes are journalled, which Redis calls append only.
        settings = new TreeMap<>(
                Map.of("appendonly", "yes", "databases", "1", "maxclients", "" + maxConnections, "save", ""));
    }

    static void addTo(CommandTable table, InfoText info, int maxConnections) {
        var commands = new ServerCommands(table, info, maxConnections);
        table.add("CONFIG", -2, (words, session) -> commands.config(words));
        table.add("COMMAND", -1, (words, session) -> commands.command(words));
        table.add("INFO", -1, (words, session) -> commands.info(words));
        for (var name : List.of("CLUSTER", "READONLY", "READWRITE")) {
            refuse(table, name, "This instance has cluster support disabled: any node takes any command");
        }
        // With these a browser begins what a web page sends; the lines behind would be taken for commands.
        table.addRefused("POST", (words, session) -> new Plan.Farewell(NO_WEB_SERVER));
        table.addRefused("HOST:", (words, session) -> new Plan.Farewell(NO_WEB_SERVER));
    }

    private static void refuse(CommandTable table, String name, String sentence) {
        table.addRefused(name, (words, session) -> {
            throw new Refusal("ERR " + sentence);
        });
    }

    private Plan config(Words words) {
        if (!words.name(1).equals("GET")) {
            throw new Refusal("ERR of CONFIG only GET is supported: a cluster is configured by its cluster file");
        }
        if (words.count() < 3) {
            throw Refusal.wrongCount("config|get");
        }
        var found = new ArrayList<String>();
        settings.forEach((name, value) -> {
            if (words.from(2).stream().anyMatch(asked -> isAsked(asked.toUtf8(), name))) {
                found.add(name);
                found.add(value);
            }
        });
        return new Plan.Answer(writer -> writeTexts(found, writer));
    }

    private static boolean isAsked(String asked, String name) {
        return asked.equals("*") || asked.toLowerCase(Locale.ROOT).equals(name);
    }

    /** Nobody needs to know more of a command than that it exists: clients take an empty list for an answer. */
    private Plan command(Words words) {
        if (words.count() == 1) {
            return new Plan.Answer(NOTHING);
        }
        return switch (words.name(1)) {
            case "DOCS" -> new Plan.Answer(NOTHING);
            case "COUNT" ->
                new Plan.Answer(writer -> writer.number(table.names().size()));
            case "LIST" -> new Plan.Answer(writer -> writeTexts(table.names(), writer));
            case "INFO" ->
                new Plan.Answer(writer -> {
                    writer.array(words.count() - 2);
                    words.from(2).forEach(name -> writer.noArray());
                });
            default -> throw Refusal.unknownSubcommand(words);
        };
    }

    private Plan info(Words words) {
        var sections = words.from(1).stream()
                .map(section -> section.toUtf8().toLowerCase(Locale.ROOT))
                .toList();
        return new Plan.Answer(writer -> writer.bulk(info.text(sections)));
    }

    private static void writeTexts(List<String> texts, RespWriter writer) {
        writer.array(texts.size());
        texts.forEach(writer::bulk);
    }
}

package dcluster.runtime.gateway;

import dcluster.spi.Bytes;
import java.util.List;
import java.util.Locale;

/**
 * The commands between a client and its gateway alone: greetings, and what the gateway is to remember of the client.
 */
final class ClientCommands {
    private static final int MAX_NAME_BYTES = 128;
    private static final Reply PONG = writer -> writer.simple("PONG");

    private final String version;

    private ClientCommands(String version) {
        this.version = version;
    }

    static void addTo(CommandTable table, String version) {
        var commands = new ClientCommands(version);
        table.add("PING", -1, (words, session) -> ping(words));
        table.add("ECHO", 2, (words, session) -> answer(writer -> writer.bulk(words.value(1))));
        table.add("HELLO", -1, commands::hello);
        table.add("AUTH", -2, (words, session) -> {
            throw noPassword();
        });
        table.add("SELECT", 2, (words, session) -> select(words));
        table.addEverywhere("QUIT", -1, (words, session) -> new Plan.Farewell(Reply.OK));
        table.addEverywhere("RESET", 1, (words, session) -> reset(session));
        table.add("CLIENT", -2, ClientCommands::client);
    }

    private static Refusal noPassword() {
        return new Refusal("ERR AUTH called without any password configured: dcluster knows no users");
    }

    private static Plan ping(Words words) {
        return switch (words.count()) {
            case 1 -> answer(PONG);
            case 2 -> answer(writer -> writer.bulk(words.value(1)));
            default -> throw Refusal.wrongCount("ping");
        };
    }

    private Plan hello(Words words, Session session) {
        if (words.count() > 1 && words.integer(1) != 2) {
            throw new Refusal("NOPROTO unsupported protocol version");
        }
        var name = session.name();
        for (int i = 2; i < words.count(); i += 2) {
            if (words.name(i).equals("AUTH")) {
                throw noPassword();
            }
            if (!words.name(i).equals("SETNAME") || i + 1 == words.count()) {
                throw Refusal.syntax();
            }
            name = clientName(words.value(i + 1));
        }
        session.rename(name);
        return answer(writer -> greet(writer, session));
    }

    /** Names and values in turn. To tools that know two roles, a node that takes writes is a master. */
    private void greet(RespWriter writer, Session session) {
        writer.array(14);
        List.of("server", "dcluster", "version", version, "mode", "standalone", "role", "master")
                .forEach(writer::bulk);
        writer.bulk("proto");
        writer.number(2);
        writer.bulk("id");
        writer.number(session.id());
        writer.bulk("modules");
        writer.array(0);
    }

    private static Plan select(Words words) {
        if (words.integer(1) != 0) {
            throw new Refusal("ERR DB index is out of range");
        }
        return answer(Reply.OK);
    }

    private static Plan reset(Session session) {
        session.reset();
        return answer(writer -> writer.simple("RESET"));
    }

    private static Plan client(Words words, Session session) {
        return switch (words.name(1)) {
            case "ID" -> answerTo(words, 2, writer -> writer.number(session.id()));
            case "GETNAME" -> answerTo(words, 2, nameOf(session));
            case "SETNAME" -> {
                check(words, 3);
                session.rename(clientName(words.value(2)));
                yield answer(Reply.OK);
            }
            // Nothing here depends on a client's library, nor on a place in an eviction that does not exist.
            case "SETINFO" -> answerTo(words, 4, Reply.OK);
            case "NO-EVICT", "NO-TOUCH" -> answerTo(words, 3, Reply.OK);
            default -> throw Refusal.unknownSubcommand(words);
        };
    }

    private static Reply nameOf(Session session) {
        var name = session.name();
        return name.isEmpty() ? RespWriter::absent : writer -> writer.bulk(name);
    }

    private static Bytes clientName(Bytes name) {
        boolean plain = name.size() <= MAX_NAME_BYTES;
        for (int i = 0; plain && i < name.size(); i++) {
            plain = name.at(i) > ' ' && name.at(i) < 0x7f;
        }
        if (!plain) {
            throw new Refusal("ERR a client's name has at most " + MAX_NAME_BYTES
                    + " bytes, all of them printable ASCII without blanks");
        }
        return name;
    }

    private static void check(Words words, int count) {
        if (words.count() != count) {
            throw Refusal.wrongCount((words.name(0) + "|" + words.name(1)).toLowerCase(Locale.ROOT));
        }
    }

    private static Plan answerTo(Words words, int count, Reply reply) {
        check(words, count);
        return answer(reply);
    }

    private static Plan answer(Reply reply) {
        return new Plan.Answer(reply);
    }
}

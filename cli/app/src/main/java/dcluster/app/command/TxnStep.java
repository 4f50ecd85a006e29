package dcluster.app.command;

import dcluster.app.client.Reply;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.app.terminal.Nearest;
import dcluster.spi.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One command of a transaction, in the words of {@code kv}. */
record TxnStep(Word word, List<String> arguments) {
    /** What a step may be, and how a node is asked for it. */
    enum Word {
        GET("GET", "KEY", 1, ""),
        PUT("SET", "KEY VALUE", 2, ""),
        CAS("CAS", "KEY EXPECTED VALUE", 3, ""),
        DEL("DEL", "KEY", 1, ""),
        INCR("INCRBY", "KEY [DELTA]", 1, "1"),
        APPEND("RPUSH", "KEY ELEMENT...", 2, ""),
        LIST("LRANGE", "KEY [FROM [TO]]", 1, "0 -1");

        private final String request;
        private final String takes;
        private final int least;

        /** What the last arguments are where they are left out, parted by blanks. */
        private final String defaults;

        Word(String request, String takes, int least, String defaults) {
            this.request = request;
            this.takes = takes;
            this.least = least;
            this.defaults = defaults;
        }

        List<String> defaults() {
            return defaults.isEmpty() ? List.of() : List.of(defaults.split(" "));
        }

        boolean takes(int count) {
            return count >= least
                    && (this == APPEND || count <= least + defaults().size());
        }

        String usage() {
            return this + " " + takes;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    TxnStep {
        arguments = List.copyOf(arguments);
    }

    /**
     * The step that these words, one at least, are.
     *
     * @throws Failure if they are none
     */
    static TxnStep of(List<String> words) {
        var arguments = words.subList(1, words.size());
        var word = Stream.of(Word.values())
                .filter(each -> each.toString().equals(words.get(0)))
                .findFirst()
                .orElseThrow(() -> new Failure(Exit.USAGE, unknown(words.get(0))));
        if (!word.takes(arguments.size())) {
            throw new Failure(Exit.USAGE, "'" + ShellWords.join(words) + "' is not like: " + word.usage());
        }
        return new TxnStep(word, arguments);
    }

    private static String unknown(String word) {
        var all = Stream.of(Word.values()).map(Word::toString).toList();
        var meant = Nearest.to(word, all).map(near -> "did you mean '" + near + "'? ");
        return "a transaction knows no '" + word + "'; " + meant.orElse("") + "It knows: "
                + Stream.of(Word.values()).map(Word::usage).collect(Collectors.joining("; "));
    }

    /** As a node is asked for it. */
    List<Bytes> request() {
        var request = new ArrayList<>(List.of(Bytes.utf8(word.request)));
        arguments.forEach(argument -> request.add(KvValue.text(argument)));
        word.defaults().stream()
                .skip(Math.max(0, arguments.size() - word.least))
                .forEach(argument -> request.add(Bytes.utf8(argument)));
        return request;
    }

    boolean writes() {
        return word != Word.GET && word != Word.LIST;
    }

    @Override
    public String toString() {
        return word + " " + ShellWords.join(arguments);
    }

    /**
     * What a reply to it says: {@link Bytes}, a list of these, a {@code Long}, the words {@code ok} and {@code no}, or
     * null if there is no such key.
     */
    @Nullable
    Object read(Reply reply) {
        if (reply instanceof Reply.Bulk bulk) {
            return bulk.content();
        }
        if (reply instanceof Reply.Many many) {
            return many.elements().stream().map(this::read).toList();
        }
        if (reply instanceof Reply.Whole number) {
            boolean isTruth = word == Word.CAS || word == Word.DEL;
            return isTruth ? (number.value() > 0 ? "ok" : "no") : (Object) number.value();
        }
        if (reply instanceof Reply.ErrorLine error) {
            return error.text();
        }
        return reply instanceof Reply.Simple ? "ok" : null;
    }
}

package dcluster.runtime.gateway;

import dcluster.spi.Bytes;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The commands that a gateway knows by name, what each of them asks for, and how often it came. */
final class CommandTable {
    /** Turns a request into a plan; its count of words was checked. */
    @FunctionalInterface
    interface Binding {
        /** What the words ask for; throws a {@link Refusal} if they do not make sense. */
        Plan bind(Words words, Session session);
    }

    /** What becomes of a command that comes between MULTI and EXEC. */
    private enum InTransaction {
        QUEUED,
        CARRIED_OUT,
        REFUSED
    }

    private static final int LONGEST_NAME = 32;
    private static final Plan QUEUED = new Plan.Answer(writer -> writer.simple("QUEUED"));
    private static final int SHOWN_CHARACTERS = 128;

    // Found by their name as clients write it: all small or all capital letters. Other spellings are looked up twice.
    private final Map<Bytes, Entry> byName = new HashMap<>();
    private final SortedMap<String, Entry> listed = new TreeMap<>();

    /**
     * Adds a command.
     *
     * @param words how many words it has, its name among them; negative: at least that many
     */
    void add(String name, int words, Binding binding) {
        list(addUnlisted(name, words, binding, InTransaction.REFUSED));
    }

    /** Adds a command on keys, one that a transaction can hold. It makes plans to be executed, and nothing else. */
    void addQueued(String name, int words, Binding binding) {
        list(addUnlisted(name, words, binding, InTransaction.QUEUED));
    }

    /** Adds a command that is carried out between MULTI and EXEC as elsewhere. */
    void addEverywhere(String name, int words, Binding binding) {
        list(addUnlisted(name, words, binding, InTransaction.CARRIED_OUT));
    }

    private void list(Entry entry) {
        listed.put(entry.name, entry);
    }

    /** Adds a command that is known only to be refused with more than that it is unknown. */
    void addRefused(String name, Binding binding) {
        addUnlisted(name, -1, binding, InTransaction.REFUSED);
    }

    private Entry addUnlisted(String name, int words, Binding binding, InTransaction inTransaction) {
        var entry = new Entry(name.toLowerCase(Locale.ROOT), words, binding, inTransaction);
        byName.put(Bytes.utf8(entry.name), entry);
        byName.put(Bytes.utf8(name.toUpperCase(Locale.ROOT)), entry);
        return entry;
    }

    /**
     * What a request asks for; throws a {@link Refusal} if there is no such command, or its words do not make sense.
     */
    Plan plan(Words words, Session session) {
        var entry = called(words);
        boolean carriedOut = !session.isInTransaction() || entry.inTransaction == InTransaction.CARRIED_OUT;
        return carriedOut ? entry.binding.bind(words, session) : queue(entry, words, session);
    }

    /**
     * What a request asks for that is to be a command on keys; throws a {@link Refusal} as {@link #plan} does, and where it
     * is another one.
     */
    Plan planOnKeys(Words words, Session session) {
        var entry = called(words);
        if (entry.inTransaction != InTransaction.QUEUED) {
            throw new Refusal("ERR " + entry.name + " is not allowed in a session: only commands on keys and EXEC are");
        }
        return entry.binding.bind(words, session);
    }

    private Entry called(Words words) {
        var entry = find(words);
        if (entry == null) {
            throw unknown(words);
        }
        entry.calls++;
        if (!entry.takes(words.count())) {
            throw Refusal.wrongCount(entry.name);
        }
        return entry;
    }

    private static Plan queue(Entry entry, Words words, Session session) {
        if (entry.inTransaction == InTransaction.REFUSED) {
            throw new Refusal(
                    "ERR " + entry.name + " is not allowed between MULTI and EXEC: only commands on keys are");
        }
        session.multi().queue((Plan.Execute) entry.binding.bind(words, session), words);
        return QUEUED;
    }

    /** Those that are carried out, in small letters, sorted. */
    List<String> names() {
        return List.copyOf(listed.keySet());
    }

    /** How often each command that is carried out came, by name; those that never came are left out. */
    SortedMap<String, Long> calls() {
        var calls = new TreeMap<String, Long>();
        for (var entry : listed.values()) {
            if (entry.calls > 0) {
                calls.put(entry.name, entry.calls);
            }
        }
        return calls;
    }

    private @Nullable Entry find(Words words) {
        var entry = byName.get(words.value(0));
        return entry != null || words.value(0).size() > LONGEST_NAME ? entry : byName.get(Bytes.utf8(words.name(0)));
    }

    private static Refusal unknown(Words words) {
        var text = new StringBuilder("ERR unknown command '")
                .append(shown(words.value(0), SHOWN_CHARACTERS))
                .append("', with args beginning with: ");
        int room = SHOWN_CHARACTERS;
        for (var argument : words.from(1)) {
            if (room <= 0) {
                break;
            }
            var shown = shown(argument, room);
            text.append('\'').append(shown).append("' ");
            room -= shown.length() + 3;
        }
        return new Refusal(text.toString());
    }

    private static String shown(Bytes word, int most) {
        byte[] head = new byte[Math.min(word.size(), most)];
        for (int i = 0; i < head.length; i++) {
            head[i] = word.at(i) >= ' ' && word.at(i) < 0x7f ? word.at(i) : (byte) '?';
        }
        return Bytes.copyOf(head).toUtf8();
    }

    private static final class Entry {
        private final String name;
        private final int words;
        private final Binding binding;
        private final InTransaction inTransaction;
        private long calls;

        private Entry(String name, int words, Binding binding, InTransaction inTransaction) {
            this.name = name;
            this.words = words;
            this.binding = binding;
            this.inTransaction = inTransaction;
        }

        private boolean takes(int count) {
            return words < 0 ? count >= -words : count == words;
        }
    }
}

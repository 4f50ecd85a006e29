package dcluster.host;

/** Hears what an algorithm notes for people: names and values by turns in {@code details}. On the loop only. */
@FunctionalInterface
public interface NoteListener {
    void noted(String event, Object... details);
}

package dcluster.journal;

/** Told what goes wrong on the threads of a {@link JournalThread}, on its loop. */
public interface JournalListener {
    /** The journal has ended. Told once, of the first failure; no callback runs any more. */
    void failed(Throwable why);

    /** The journal goes on without something that it will try again later: people should look at the disk. */
    default void hindered(AbandonedException why) {}
}

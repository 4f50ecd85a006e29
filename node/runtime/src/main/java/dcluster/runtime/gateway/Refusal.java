package dcluster.runtime.gateway;

/**
 * A request cannot be carried out as it stands; nothing was done. The message is the whole error: prefix, blank,
 * sentence.
 */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String error) {
        super(error, null, false, false);
    }

    /** The whole error. */
    String error() {
        return String.valueOf(getMessage());
    }

    static Refusal syntax() {
        return new Refusal("ERR syntax error");
    }

    static Refusal wrongCount(String command) {
        return new Refusal("ERR wrong number of arguments for '" + command + "' command");
    }

    static Refusal unknownSubcommand(Words words) {
        return new Refusal("ERR unknown subcommand '" + words.value(1) + "' of " + words.name(0));
    }
}

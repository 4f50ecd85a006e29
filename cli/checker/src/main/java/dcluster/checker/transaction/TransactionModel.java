package dcluster.checker.transaction;

/** What the steps of transactions do to their keys. */
public enum TransactionModel {
    /** Keys are lists that grow: {@code ["append",key,element]} and {@code ["r",key,list]}; empty or null at first. */
    LIST_APPEND("txn-list-append", "append"),
    /** Keys are registers: {@code ["w",key,value]} and {@code ["r",key,value]}; null at first. */
    RW_REGISTER("txn-rw-register", "w");

    private final String word;
    private final String write;

    TransactionModel(String word, String write) {
        this.word = word;
        this.write = write;
    }

    /** The word for it on a command line. */
    public String word() {
        return word;
    }

    /** The function of a step that writes. */
    String write() {
        return write;
    }
}

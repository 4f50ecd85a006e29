package dcluster.checker.finding;

/** Whether something holds as far as a history can tell, from the best to the worst. */
public enum Answer {
    HOLDS,
    /** The history can be read either way, or says too little. */
    UNKNOWN,
    VIOLATED;

    /** What is to be said of two things at once. */
    public Answer and(Answer other) {
        return compareTo(other) >= 0 ? this : other;
    }
}

package dcluster.config;

/** One thing that is wrong: where, and as a sentence that also says what would be right. */
record Problem(Place place, String message) {
    @Override
    public String toString() {
        return place + ": " + message;
    }
}

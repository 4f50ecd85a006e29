package dcluster.checker.verdict;

/**
 * What in a history could have contradicted what was checked.
 *
 * @param count how many operations
 * @param missing what there would have to be for that, if there are none, as {@code no read ended with ok}
 */
record Observed(long count, String missing) {}

package dcluster.twophase;

/**
 * Tells apart the executions of one participant, never given twice: a prepare names the one that it is for, so that a
 * prepare or an execute that comes late or again can prepare nothing that was finished.
 *
 * @param incarnation of the participant
 * @param serial from 1 in each incarnation
 */
record Execution(long incarnation, long serial) {}

/**
 * What operations say of a register: the versions that it had, and which of them a read may have seen. Reads, writes and
 * compare-and-sets are understood; one that was applied reads the value that it compared with and writes another, one
 * that found another value says nothing here.
 */
@NullMarked
package dcluster.checker.register;

import org.jspecify.annotations.NullMarked;

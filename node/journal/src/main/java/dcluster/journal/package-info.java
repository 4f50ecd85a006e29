/**
 * The journal: a node's records in the order in which they were made, on a disk that may lose, tear and flip what it
 * is given. It knows nothing of what the records mean.
 *
 * <h2>Files</h2>
 *
 * <pre>
 *  identity             text: whose folder this is; another node, cluster, algorithm or record schema is refused.
 *                       Also after which incarnation the node was wiped, if it was
 *  lock                 held by the kernel for the one process that may use the folder
 *  state-0000000007     what a compaction wrote: it replaces all segments below 7
 *  segment-0000000007   sealed: full, durable to its last frame, continued in the next
 *  segment-0000000008   the last one: writes are appended here
 *  segment-0000000009   prepared: nothing but zeros behind its header
 *  *.new                unfinished, worth nothing
 *
 *  state-7            segment-7                 segment-8                              segment-9
 * +--------+-----+   +--------+-------------+  +--------+---------------+-----------+ +--------+-----------+
 * | header | R R |   | header | M R R M R S |  | header | M R R R M R M | 0 0 0 ... | | header | 0 0 0 ... |
 * |        | R E |   |        |             |  |        | R             |           | |        |           |
 * +--------+-----+   +--------+-------------+  +--------+---------------+-----------+ +--------+-----------+
 *   R record   M mark, at the head of each write   S seal   E end of a state   0 preallocated
 * </pre>
 *
 * Headers are drawn at {@link dcluster.journal.FileHeader}, frames at {@link dcluster.journal.Frames}. A position
 * counts the bytes of all frames since the folder was new, over all segments; a state has none.
 *
 * <h2>Writing</h2>
 *
 * A turn's records are one write, and all writes that wait share one sync. Both go to a file that was filled with
 * zeros and synced before: its blocks are allocated, so a sync has no metadata to write. When a segment is full it
 * ends with a seal and is synced before anything is written to the next; so only the last segment that was written to
 * can hold anything undurable.
 *
 * <h2>Recovery: the durable position</h2>
 *
 * Each write begins with a mark, which carries its own position and the position below which everything was durable
 * when it was issued. When a journal is opened, its frames are read in order up to the first that is not valid, at
 * position <i>P</i>. All bytes behind it are searched for valid marks, and <i>D</i> is the greatest durable position
 * among their claims.
 *
 * <ul>
 *   <li><i>D</i> &gt; <i>P</i>: something was durable, and promised to others, and is gone. The journal is not
 *       opened; the exception says file and offset, and nothing is touched.
 *   <li>otherwise nothing behind <i>P</i> was ever durable: a crash caught it. It is cut, which the
 *       {@link dcluster.journal.Recovery} tells, and erased and synced before anything new is written. Good frames
 *       behind a hole are no contradiction: the pages of one unsynced write reach the disk in any order.
 * </ul>
 *
 * <p>Nothing vouches for a write until another mark follows. A clean {@link dcluster.journal.Journal#close} and each
 * opening add one, and so does a {@link dcluster.journal.JournalThread} that had nothing to write for 80 ms, once: at
 * once would cost a client that waits for each of its writes a second sync for every one. The limit of all this is
 * therefore a loss of power within that time: <b>a bit that flips in the last batch before it cannot be told from a torn
 * tail</b>, and cuts it ({@link dcluster.journal.Sync.Never} leaves it open for good). Nor can a folder tell by itself
 * that somebody shortened the last segment to an earlier state of itself, put back an old copy of the whole, or emptied
 * it.
 *
 * <h2>The witness</h2>
 *
 * So the journal has a {@link dcluster.journal.Witness} outside of its folder. After each sync, before anything leaves
 * that waited for it, the witness is told the position that is durable now; at the next opening a journal that ends
 * before it, or was opened less often, is refused. The witness does not sync that. After the death of the process it
 * knows all that was promised, and the limit above is none; after a loss of power it may know less, never more than is
 * durable. With {@link dcluster.journal.Sync.Every} and {@link dcluster.journal.Sync.Never} it is told of real syncs
 * alone, or a loss of power that these allow would be refused.
 *
 * <p>A node may also be wiped: its data is given up. Then the witness lets an empty folder begin, and the identity file
 * says for good after which incarnation that was; incarnations count on from there. Up to the moment at which the witness
 * is told of the first of them the folder may be taken again, or be emptied again, however often the process dies. Who
 * empties a folder deletes the identity file first, durably, so that what is left of the others is never taken for a whole.
 *
 * <h2>Compaction</h2>
 *
 * {@link dcluster.journal.Journal#compact} seals the segment and goes on in the next, <i>n</i>. What the compaction
 * is given becomes {@code state-n.new}; synced and renamed to {@code state-n}, and the folder synced, it counts, and
 * all below is deleted. A crash before that leaves the old files and a {@code .new}, a crash after it some files too
 * many; either way the next opening deletes what does not count.
 *
 * <h2>Failures</h2>
 *
 * The first failed write or sync of a segment that is in use ends the journal for good ({@link
 * dcluster.journal.JournalThread} tells the node, which ends): a second sync that succeeds proves nothing, because the
 * kernel may call the pages clean that it failed to write. The next opening may read just these, so it writes again,
 * before it syncs, what no mark vouches for. So does a failed sync of the folder, and a failed deletion in it: without
 * it no file is certain to be found again.
 *
 * <p>What the journal can do without does not end it, or one full disk would end all replicas at once, since they
 * compact at about the same index. A compaction that fails on its own file, or for want of a segment to go on in, is
 * abandoned; a segment that cannot be prepared is done without until this one is full. The file is deleted, {@link
 * dcluster.journal.AbandonedException} tells, and a later attempt has a fresh one. A disk that stays full does end the
 * journal in the end: when the segment in use is full and there is no next one, a write has nowhere to go.
 *
 * <h2>What it costs</h2>
 *
 * Measured with {@code JournalBenchmark} (among this module's tests) on the machine that this was developed on: 2
 * cores, ext4, JDK 17; several sittings of three rounds, while other builds ran on the machine. Given are the quieter
 * rounds; in the disturbed ones a median reached ten times as much, also of the bare loop.
 *
 * <ul>
 *   <li>One batch of one 130-byte record under way: 0.11-0.18 ms at the median from submit to its callback on the
 *       loop, beside 0.12-0.16 ms for a bare loop of write and force on a preallocated file. The two hand-offs take
 *       0.005 ms of it while both threads are awake and 0.015-0.05 ms if both sleep. To spin for 0.02 or 0.1 ms before
 *       sleeping did not shorten this, and takes the core from other nodes, so the thread sleeps at once.
 *   <li>A witness that overwrites a position in a file after each sync: 0.003 ms at the median, less than the noise.
 *   <li>Eight batches under way, five to seven of which share a sync: 26-38 thousand batches of one record a second;
 *       300-570 thousand records a second in batches of 16, 0.7-1.5 million in batches of 64, 1.4-2.2 million in
 *       batches of 256.
 *   <li>Full-grown segments of 16, 32 and 64 MiB did not differ by more than the noise.
 *   <li>A journal of a million such records is replayed in 0.1-0.5 s, without what the caller does with them. A new
 *       folder is open after 20-40 ms.
 * </ul>
 */
@NullMarked
package dcluster.journal;

import org.jspecify.annotations.NullMarked;

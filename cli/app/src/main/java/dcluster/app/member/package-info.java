/**
 * What runs in the process of one member: the binding to {@code dcluster.runtime}, its log and its exit code.
 *
 * <p>Such a process stays in the foreground; {@code dcluster start} makes background processes of these. It ends with 0
 * when it is asked to by SIGTERM or ctrl-C; with 65 or 69 if it cannot start for what the configuration says or for
 * what it needs from the machine; with 5 if it crashed because of its disk, and with 70 because of a defect.
 */
@NullMarked
package dcluster.app.member;

import org.jspecify.annotations.NullMarked;

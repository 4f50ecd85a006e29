package dcluster.app.process;

/** What lies in {@code processes/} of a cluster's folder for one member: its record, or what cannot be read as one. */
sealed interface MemberFile permits ProcessRecord, Unreadable {}

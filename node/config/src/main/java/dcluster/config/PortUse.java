package dcluster.config;

import java.util.Locale;

/** What a member uses a port for; each has one for each use. */
public enum PortUse {
    /** RESP. */
    CLIENT,
    /** Messages between nodes. */
    PEER,
    /** HTTP. */
    ADMIN;

    /** As errors name it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dcluster.lab.simulation;

import dcluster.simulation.Trace.Message;

/** How traces put things into words, each on one line. */
final class Words {
    private Words() {}

    /** The message's type: {@code AppendEntries}. */
    static String kind(Message message) {
        return message.content().getClass().getSimpleName();
    }

    /** All that the message says. */
    static String content(Message message) {
        return oneLine(message.content());
    }

    /** What happened, and the details, which are names and values by turns: {@code elected, term 7, votes 2}. */
    static String sentence(String what, Object... details) {
        var text = new StringBuilder(oneLine(what));
        for (int i = 0; i < details.length; i++) {
            text.append(i % 2 == 0 ? ", " : " ").append(oneLine(details[i]));
        }
        return text.toString();
    }

    private static String oneLine(Object value) {
        return String.valueOf(value).replace("\r", "\\r").replace("\n", "\\n");
    }
}

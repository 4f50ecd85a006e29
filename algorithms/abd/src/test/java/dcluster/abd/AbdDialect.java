package dcluster.abd;

import dcluster.abd.AbdMessage.Answer;
import dcluster.abd.AbdMessage.Change;
import dcluster.abd.AbdMessage.Question;
import dcluster.spi.Bytes;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.Script;
import dcluster.toolkit.testing.ShortText;
import dcluster.toolkit.testing.Stage;
import dcluster.toolkit.testing.Transcript;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What scripts of {@code abd} say beside what all scripts say: {@code held a}, what each node holds of a key, durable or
 * not. A value {@code a} with its tag is {@code a@n1:2}: n1 wrote it, and it is after each whose number is 1.
 */
final class AbdDialect implements Script.Dialect<AbdMessage, AbdRecord, AbdTimer, Abd> {
    private static final ShortText TEXT = new ShortText(AbdDialect::own);

    @Override
    public Stage<AbdMessage, AbdRecord, AbdTimer, Abd> begin(String[] words, Transcript out) {
        var invariants = AbdInvariants.all().stream().map(Supplier::get).toList();
        var stage = new Stage<AbdMessage, AbdRecord, AbdTimer, Abd>(
                context -> new Abd(Rig.CONFIG, context), invariants, out);
        stage.start(Members.of(Integer.parseInt(words[1])));
        return stage;
    }

    @Override
    public void execute(Stage<AbdMessage, AbdRecord, AbdTimer, Abd> stage, String[] words) {
        if (!words[0].equals("held")) {
            Script.Dialect.super.execute(stage, words);
            return;
        }
        for (var node : stage.nodes()) {
            var register = stage.replica(node).registers().get(Bytes.utf8(words[1]));
            var held = register == null ? "nothing" : tagged(register.value(), register.tag());
            stage.write(node + (stage.isUp(node) ? " holds " : ", which is down, holds ") + held);
        }
    }

    @Override
    public String text(Object value) {
        return TEXT.of(value);
    }

    private static Optional<String> own(Object value) {
        if (value instanceof Question question) {
            return Optional.of("#" + question.operation() + " " + question.key() + (question.tagOnly() ? " tag" : ""));
        }
        if (value instanceof Answer answer) {
            return Optional.of("#" + answer.operation() + " " + tagged(answer.value(), answer.tag()));
        }
        if (value instanceof Change change) {
            return Optional.of(
                    "#" + change.operation() + " " + change.key() + "=" + tagged(change.value(), change.tag()));
        }
        if (value instanceof AbdRecord.Stored stored) {
            return Optional.of("Stored " + stored.key() + "=" + tagged(stored.value(), stored.tag()));
        }
        return value instanceof AbdMessage message
                ? Optional.of(TEXT.ofComponents((Record) message, Set.of("incarnation")))
                : Optional.empty();
    }

    private static String tagged(Optional<Bytes> value, Tag tag) {
        return value.map(Bytes::toString).orElse("") + "@" + tag.writer() + ":" + tag.sequence();
    }
}

package dcluster.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What is in force of all that faults set one upon the other: the last of those that have not ended, or the usual. */
final class InForce<T> {
    private final T usual;
    private final Consumer<T> changed;
    private final List<Setting<T>> settings = new ArrayList<>();

    /** Not a record: two of the same value are two. */
    private static final class Setting<T> {
        final T value;

        Setting(T value) {
            this.value = value;
        }
    }

    /** {@code changed} is told of what is in force whenever that becomes another. */
    InForce(T usual, Consumer<T> changed) {
        this.usual = usual;
        this.changed = changed;
    }

    /** Puts it in force; returns what ends it, which does no harm twice. */
    Runnable begin(T value) {
        var setting = new Setting<>(value);
        change(() -> settings.add(setting));
        return () -> end(setting);
    }

    private void end(Setting<T> setting) {
        change(() -> settings.remove(setting));
    }

    private void change(Runnable change) {
        T before = now();
        change.run();
        if (!now().equals(before)) {
            changed.accept(now());
        }
    }

    /** Whether anything is in force but the usual. */
    boolean isAny() {
        return !settings.isEmpty();
    }

    /** All that has begun and not ended, but the usual. */
    List<T> all() {
        return settings.stream().map(setting -> setting.value).toList();
    }

    T now() {
        return isAny() ? settings.get(settings.size() - 1).value : usual;
    }

    /** What is in force, which ends by that. */
    T take() {
        T taken = now();
        if (isAny()) {
            end(settings.get(settings.size() - 1));
        }
        return taken;
    }
}

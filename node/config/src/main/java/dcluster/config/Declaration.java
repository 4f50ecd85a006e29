package dcluster.config;

import dcluster.spi.AlgorithmProvider;
import java.util.Arrays;
import java.util.regex.Pattern;

/** What a provider says of its algorithm, looked at before anything is done with it. */
final class Declaration {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    private Declaration() {}

    /** @throws ConfigException if its name or one of its types cannot be worked with, or is not there */
    static void check(AlgorithmProvider<?, ?, ?, ?> provider) {
        var problems = new Problems();
        try {
            check(provider, place(provider), problems);
        } catch (LinkageError | TypeNotPresentException e) {
            problems.add(
                    place(provider), "a type that this algorithm needs does not load: " + Words.oneLine(e.toString()));
        }
        problems.throwIfAny();
    }

    private static void check(AlgorithmProvider<?, ?, ?, ?> provider, Place place, Problems problems) {
        if (!NAME.matcher(provider.name()).matches()) {
            problems.add(
                    place,
                    "an algorithm's name is up to 32 lower case letters, digits and '-', not "
                            + Words.quote(provider.name()));
        }
        if (!isFamily(provider.messageType())) {
            problems.add(place, notFamily("messageType", provider.messageType()));
        }
        if (!isFamily(provider.recordType())) {
            problems.add(place, notFamily("recordType", provider.recordType()));
        }
        if (provider.configType().isRecord()) {
            problems.attempt(() -> Forms.of(provider.configType()));
        } else {
            problems.add(
                    place,
                    "configType is a record, not " + provider.configType().getName());
        }
    }

    /** Its class and the jar or folder that this is from. */
    static Place place(AlgorithmProvider<?, ?, ?, ?> provider) {
        var source = provider.getClass().getProtectionDomain().getCodeSource();
        var from = source == null || source.getLocation() == null
                ? ""
                : " (" + source.getLocation().getPath() + ")";
        return Place.whole(provider.getClass().getName() + from);
    }

    private static String notFamily(String method, Class<?> type) {
        return method + " is a sealed interface of records or Nothing, not " + type.getName();
    }

    private static boolean isFamily(Class<?> type) {
        return type.isRecord()
                || type.isEnum()
                || (type.isSealed()
                        && Arrays.stream(type.getPermittedSubclasses()).allMatch(Declaration::isFamily));
    }
}

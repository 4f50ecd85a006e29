package dcluster.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a configuration record's component where the cluster file gives none, written as YAML: {@code 150ms},
 * {@code true}, {@code "{entries: 10000, bytes: 64MiB}"}. A component without one must be given, unless it is a record
 * whose own components all have defaults.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
    String value();
}

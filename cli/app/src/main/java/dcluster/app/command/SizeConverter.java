package dcluster.app.command;

import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes in bytes as Java's own flags write them: {@code 512m}, {@code 2g}. */
final class SizeConverter implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})([kmg])b?");

    @Override
    public Long convert(String text) {
        var form = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw new TypeConversionException("'" + text + "' is not a size such as 512m or 2g");
        }
        int shift = switch (form.group(2)) {
            case "k" -> 10;
            case "m" -> 20;
            default -> 30;
        };
        return Long.parseLong(form.group(1)) << shift;
    }
}

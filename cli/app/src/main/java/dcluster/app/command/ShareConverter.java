package dcluster.app.command;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Shares as people write them, in percent: {@code 90%}, {@code 99.5%}. */
final class ShareConverter implements ITypeConverter<Double> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?)%");

    @Override
    public Double convert(String text) {
        var form = FORM.matcher(text);
        if (!form.matches() || Double.parseDouble(form.group(1)) > 100) {
            throw new TypeConversionException("'" + text + "' is not a share such as 90% or 99.5%");
        }
        return Double.parseDouble(form.group(1)) / 100;
    }
}

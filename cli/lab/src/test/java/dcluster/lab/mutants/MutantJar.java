package dcluster.lab.mutants;

import dcluster.spi.AlgorithmProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Makes a plugin jar of mutants: the sources of an algorithm, once for each mutation, compiled. */
final class MutantJar {
    private static final String SERVICE = "META-INF/services/" + AlgorithmProvider.class.getName();

    private final Path sources;
    private final String packageName;
    private final String provider;
    private final String name;

    /**
     * Mutates the provider of that name, whose class is {@code provider}; all of its sources are in one folder and one
     * package.
     */
    MutantJar(Path sources, String packageName, String provider, String name) {
        this.sources = sources;
        this.packageName = packageName;
        this.provider = provider;
        this.name = name;
    }

    /** Of Raft's own sources, as they are in this build. */
    static MutantJar ofRaft() {
        return new MutantJar(
                Path.of("../../algorithms/raft/src/main/java/dcluster/raft"), "dcluster.raft", "RaftProvider", "raft");
    }

    /** Writes the jar; {@code folder} is for what is in it. */
    void write(Path jar, List<Mutation> mutations, Path folder) throws IOException {
        var mutated = new ArrayList<JavaFileObject>();
        for (var mutation : mutations) {
            mutated.addAll(sourcesOf(mutation));
        }
        compile(mutated, folder);
        var services = mutations.stream()
                .map(mutation -> mutation.packageName() + "." + provider)
                .collect(Collectors.joining("\n", "", "\n"));
        var service = folder.resolve(SERVICE);
        Files.createDirectories(service.getParent());
        Files.writeString(service, services);
        pack(folder, jar);
    }

    private List<JavaFileObject> sourcesOf(Mutation mutation) throws IOException {
        mutation.edits().forEach(edit -> requireSource(edit.file()));
        var changed = new ArrayList<JavaFileObject>();
        try (var files = Files.list(sources)) {
            for (var file : files.filter(each -> each.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                var fileName = file.getFileName().toString();
                var source = mutation.in(fileName, Files.readString(file));
                if (fileName.equals(provider + ".java")) {
                    source = marked(mutation, source);
                }
                changed.add(new Source(mutation, fileName, source.replace(packageName, mutation.packageName())));
            }
        }
        return changed;
    }

    private void requireSource(String file) {
        if (!Files.exists(sources.resolve(file))) {
            throw new IllegalStateException("a mutation changes what is not there, adapt it: " + sources.resolve(file));
        }
    }

    /** A mutant's provider has its name, and tells what is wrong with it. */
    private String marked(Mutation mutation, String source) {
        var named = new Mutation.Edit(provider, "return \"" + name + "\";", "return \"" + mutation.name() + "\";");
        var marked = new Mutation.Edit(
                provider, "implements AlgorithmProvider<", "implements dcluster.spi.Mutant, AlgorithmProvider<");
        var told = new Mutation.Edit(
                provider,
                "    public String name() {",
                "    public String flaw() {\n        return \"" + mutation.flaw() + "\";\n    }\n\n"
                        + "    @Override\n    public String name() {");
        return told.in(marked.in(named.in(source)));
    }

    private static void compile(List<JavaFileObject> sources, Path folder) {
        var problems = new java.io.StringWriter();
        var options = List.of(
                "-d",
                folder.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-proc:none",
                "-nowarn",
                "-parameters");
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(problems, null, null, options, null, sources)
                .call();
        if (!compiled) {
            throw new IllegalStateException("a mutant does not compile, adapt it: " + problems);
        }
    }

    private static void pack(Path folder, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new JarEntry(folder.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(Mutation mutation, String file, String text) {
            super(URI.create("string:///" + mutation.packageName().replace('.', '/') + "/" + file), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}

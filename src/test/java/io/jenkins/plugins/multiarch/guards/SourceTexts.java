package io.jenkins.plugins.multiarch.guards;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The texts that stand in Java sources, read by the compiler's own parser. What is known at run time only is a gap. */
final class SourceTexts {
    /** Stands for what is known at run time only, as in docs/errors.md. */
    static final String GAP = "…";

    /** One place where a refusal is made, with all the texts that it may have. */
    record Refusal(String place, List<String> facts, List<String> cures) {}

    private SourceTexts() {}

    /** All {@code new …Exception(fact, cure, …)} of the refusals' types below a folder. */
    static List<Refusal> refusals(Path folder, Set<String> types) {
        List<Refusal> all = new ArrayList<>();
        Parsed parsed = parse(folder);
        for (CompilationUnitTree unit : parsed.units()) {
            Map<String, String> constants = constants(unit);
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitNewClass(NewClassTree made, Void nothing) {
                    if (types.contains(made.getIdentifier().toString())
                            && made.getArguments().size() >= 2) {
                        all.add(new Refusal(
                                place(unit, parsed.positions().getStartPosition(unit, made)),
                                texts(made.getArguments().get(0), constants),
                                texts(made.getArguments().get(1), constants)));
                    }
                    return super.visitNewClass(made, nothing);
                }
            }.scan(unit, null);
        }
        return all;
    }

    /** Every whole text of every source file below a folder, joined by gaps, one entry a file. */
    static Map<Path, String> texts(Path folder) {
        Map<Path, String> all = new HashMap<>();
        for (CompilationUnitTree unit : parse(folder).units()) {
            StringBuilder texts = new StringBuilder();
            Map<String, String> constants = constants(unit);
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitBinary(BinaryTree binary, Void nothing) {
                    texts(binary, constants).forEach(text -> texts.append(GAP).append(text));
                    return super.visitBinary(binary, nothing);
                }

                @Override
                public Void visitLiteral(LiteralTree literal, Void nothing) {
                    if (literal.getValue() instanceof String text) {
                        texts.append(GAP).append(text);
                    }
                    return null;
                }
            }.scan(unit, null);
            all.put(Path.of(unit.getSourceFile().toUri()), texts.toString());
        }
        return all;
    }

    private record Parsed(List<CompilationUnitTree> units, SourcePositions positions) {}

    private static Parsed parse(Path folder) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (Stream<Path> files = Files.walk(folder);
                StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(sources));
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            return new Parsed(units, Trees.instance(task).getSourcePositions());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String place(CompilationUnitTree unit, long position) {
        return Path.of(unit.getSourceFile().toUri()).getFileName() + ":"
                + unit.getLineMap().getLineNumber(position);
    }

    private static Map<String, String> constants(CompilationUnitTree unit) {
        Map<String, String> constants = new HashMap<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitVariable(VariableTree variable, Void nothing) {
                if (variable.getInitializer() != null
                        && variable.getName().toString().matches("[A-Z][A-Z0-9_]*")) {
                    List<String> values = texts(variable.getInitializer(), constants);
                    if (values.size() == 1) {
                        constants.put(variable.getName().toString(), values.get(0));
                    }
                }
                return super.visitVariable(variable, nothing);
            }
        }.scan(unit, null);
        return constants;
    }

    private static List<String> texts(ExpressionTree expression, Map<String, String> constants) {
        if (expression instanceof LiteralTree literal) {
            return List.of(String.valueOf(literal.getValue()));
        }
        if (expression instanceof ParenthesizedTree inner) {
            return texts(inner.getExpression(), constants);
        }
        if (expression instanceof BinaryTree binary && binary.getKind() == Tree.Kind.PLUS) {
            Set<String> all = new LinkedHashSet<>();
            for (String left : texts(binary.getLeftOperand(), constants)) {
                for (String right : texts(binary.getRightOperand(), constants)) {
                    all.add(left + right);
                }
            }
            return List.copyOf(all);
        }
        if (expression instanceof ConditionalExpressionTree either) {
            Set<String> all = new LinkedHashSet<>(texts(either.getTrueExpression(), constants));
            all.addAll(texts(either.getFalseExpression(), constants));
            return List.copyOf(all);
        }
        if (expression instanceof IdentifierTree name && constants.containsKey(name.toString())) {
            return List.of(constants.get(name.toString()));
        }
        return List.of(GAP);
    }
}

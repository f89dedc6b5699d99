package dev.homeroom.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.homeroom.metrics.core.FoldRules;
import dev.homeroom.metrics.scorecard.HomeworkReader;
import dev.homeroom.metrics.scorecard.Scorecard;
import dev.homeroom.metrics.scorecard.ScorecardText;
import dev.homeroom.metrics.scorecard.Scoring;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code homeroom scorecard}: what the detectors are worth on labelled homework. */
@Command(
        name = "scorecard",
        description = {
            "Replays labelled homework through the detectors and the level of the service and tells what they are worth.",
            "Reads every hwNN-snapshots.csv and grades.csv of a folder. Needs nothing that runs."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ScorecardCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "the folder with the homework")
    private Path data;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        Scorecard scorecard = Scoring.score(FoldRules.standard(), HomeworkReader.read(data));
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? toJson(scorecard) : ScorecardText.of(scorecard));
        out.flush();
        return Exit.OK;
    }

    private static String toJson(Scorecard scorecard) throws JsonProcessingException {
        return JsonMapper.builder()
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS))
                .build()
                .writeValueAsString(scorecard);
    }
}

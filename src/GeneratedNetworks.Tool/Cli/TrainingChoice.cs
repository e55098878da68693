using System.CommandLine;
using System.CommandLine.Parsing;

namespace GeneratedNetworks.Tool.Cli;

/// <summary>The value of <c>--training LOSS[,OPTIMIZER]</c>.</summary>
internal sealed record TrainingChoice(Loss Loss, Optimizer Optimizer)
{
    public static Option<TrainingChoice?> Option() => new("--training")
    {
        Description = $"Make it trainable. Losses: {string.Join(", ", Enum.GetNames<Loss>())}. "
            + $"Optimizers: {string.Join(", ", Enum.GetNames<Optimizer>())}, Sgd unless said.",
        HelpName = "LOSS[,OPTIMIZER]",
        CustomParser = Parse,
    };

    private static TrainingChoice? Parse(ArgumentResult result)
    {
        string[] words = result.Tokens[0].Value.Split(',');
        if (words.Length > 2)
        {
            result.AddError($"'{result.Tokens[0].Value}' is no LOSS[,OPTIMIZER], such as CrossEntropy,Adam.");
            return null;
        }

        Loss loss = Choice.Parse(result, words[0].Trim(), "loss", Enum.GetValues<Loss>());
        return new TrainingChoice(loss, words.Length < 2 ? default : Choice.Parse(result, words[1].Trim(), "optimizer", Enum.GetValues<Optimizer>()));
    }
}

using System.CommandLine;
using GeneratedNetworks.Tool.Networks;

namespace GeneratedNetworks.Tool.Cli;

/// <summary>The options that say which class a model becomes.</summary>
internal sealed class DeclarationOptions
{
    public Option<string?> Name { get; } = new("--name") { Description = "The class's name. Default: made of the file's.", HelpName = "CLASS" };

    public Option<string?> Namespace { get; } = new("--namespace") { Description = "The class's namespace. Default: none.", HelpName = "NAMESPACE" };

    public Option<Precision> Precision { get; } = PrecisionOption();

    public Option<TrainingChoice?> Training { get; } = TrainingChoice.Option();

    public Option<bool> Static { get; } = new("--static") { Description = "A static class, which holds these parameters and no others." };

    public static Option<Precision> PrecisionOption() =>
        Choice.Option("--precision", "The numbers to compute with. Default: single.", "precision", Enum.GetValues<Precision>());

    public static Option<EmitProfile> ProfileOption(string description) =>
        Choice.Option("--profile", description + " Default: simd.", "profile", EmitProfile.Simd, EmitProfile.Scalar, EmitProfile.Basic);

    /// <summary>The profile that is asked for; there is no project here whose references could choose one.</summary>
    public static EmitProfile ProfileOf(ParseResult result, Option<EmitProfile> option) =>
        result.GetValue(option) is var profile and not EmitProfile.Auto ? profile : EmitProfile.Simd;

    public void AddTo(Command command)
    {
        command.Options.Add(Name);
        command.Options.Add(Namespace);
        command.Options.Add(Precision);
        command.Options.Add(Training);
        command.Options.Add(Static);
        command.Validators.Add(result =>
        {
            // Whether it is there, and not its value: to ask for one that has no meaning throws.
            if (result.GetValue(Static) && result.GetResult(Training) is not null)
                result.AddError("A static network cannot be trained: leave out --static or --training.");
        });
    }

    /// <summary>The class to make of a model file.</summary>
    public Declaration Read(ParseResult result, string file)
    {
        string name = result.GetValue(Name) ?? ClassNames.OfFile(file);
        string space = result.GetValue(Namespace) ?? "";
        ClassNames.CheckClass(name);
        ClassNames.CheckNamespace(space);
        return new Declaration(name, space, result.GetValue(Precision), result.GetValue(Training), result.GetValue(Static));
    }
}

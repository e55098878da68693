using GeneratedNetworks.Generator.Emit;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Import;
using GeneratedNetworks.Tool.Output;
using EmitProfile = GeneratedNetworks.EmitProfile;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>What the generator writes for a model, in a project that references nothing of ours.</summary>
internal sealed record GeneratedText(NetworkGraph Graph, IReadOnlyList<EmittedFile> Files)
{
    /// <param name="model">With layers.</param>
    /// <param name="source">The model's file, as comments name it.</param>
    /// <param name="declaration">The class.</param>
    /// <param name="profile">Never <see cref="EmitProfile.Auto"/>.</param>
    public static GeneratedText Of(ImportedModel model, string source, Declaration declaration, EmitProfile profile)
    {
        NetworkGraph graph = Infer(model, source, declaration, profile);
        NetworkPlan plan = Planner.Plan(graph, CancellationToken.None);
        EmittedNetwork network = NetworkEmitter.Emit(plan, CancellationToken.None);
        List<EmittedFile> files = [.. network.Files];

        // A project shares this file among its networks; files that stand for themselves bring their own, in a class of another name.
        if (network.Use is not null)
            files.Add(new EmittedFile(declaration.Name + ".Functions.g.cs", LibraryFile.Write(graph.Model.Options.Assembly, [network.Use])));
        return new GeneratedText(graph, files);
    }

    /// <summary>The model with the output activation that the loss takes, where it ends in one output without any.</summary>
    public static ImportedModel ForTraining(ImportedModel model, string source, Declaration declaration, Terminal terminal)
    {
        if (declaration.Training is not { } training || model.Outputs.Count > 0 || LossFunction.Of((Generator.Model.Loss)training.Loss) is not { } loss || loss.Fits(Generator.Model.Activation.Identity)
            || Infer(model, source, declaration with { Training = null }, EmitProfile.Scalar).OutputActivation != Generator.Model.Activation.Identity)
        {
            return model;
        }

        Activation activation = (Activation)loss.Outputs[0];
        terminal.Line($"{source} ends in no activation, and {loss.Name} takes {activation}: [Activation(Activation.{activation})] stands behind its last layer.");
        return model with { Layers = [.. model.Layers, new ImportedLayer("Activation", [KeyValuePair.Create<string, object>("activation", activation)])], Output = null };
    }

    /// <summary>The graph alone, or an error that says why no network comes of the model.</summary>
    public static NetworkGraph Infer(ImportedModel model, string source, Declaration declaration, EmitProfile profile)
    {
        CompilerOptions options = ProfileOptions.Of(profile) with { Assembly = declaration.FullName };
        return GeneratorModels.Infer(GeneratorModels.Of(GeneratorModels.Read(model, source), declaration, profile, options), source);
    }
}

using GeneratedNetworks.Generator.Emit;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Import;
using EmitProfile = GeneratedNetworks.EmitProfile;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>What the generator writes for a model, in a project that references nothing of ours.</summary>
internal sealed record GeneratedText(NetworkGraph Graph, string Text)
{
    /// <param name="model">With layers.</param>
    /// <param name="source">The model's file, as comments name it.</param>
    /// <param name="declaration">The class.</param>
    /// <param name="profile">Never <see cref="EmitProfile.Auto"/>.</param>
    /// <param name="isForThisRuntime">Whether the text may use all that the runtime offers which this process runs on.</param>
    public static GeneratedText Of(ImportedModel model, string source, Declaration declaration, EmitProfile profile, bool isForThisRuntime = false)
    {
        NetworkGraph graph = Infer(model, source, declaration, profile, isForThisRuntime);
        NetworkPlan plan = Planner.Plan(graph, CancellationToken.None);
        return new GeneratedText(graph, NetworkEmitter.Emit(plan, CancellationToken.None));
    }

    /// <summary>The graph alone, or an error that says why no network comes of the model.</summary>
    public static NetworkGraph Infer(ImportedModel model, string source, Declaration declaration, EmitProfile profile, bool isForThisRuntime = false)
    {
        CompilerOptions options = ProfileOptions.Of(profile, isForThisRuntime);
        return GeneratorModels.Infer(GeneratorModels.Of(GeneratorModels.Read(model, source), declaration, profile, options), source);
    }
}

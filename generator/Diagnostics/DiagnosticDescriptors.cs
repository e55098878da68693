using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using GeneratedNetworks.Generator.Issues;
using Microsoft.CodeAnalysis;

namespace GeneratedNetworks.Generator.Diagnostics;

/// <summary>Title, message and help page of every id.</summary>
internal static class DiagnosticDescriptors
{
    /// <summary>Where <c>generator/Help</c> can be read; a page is named after its id.</summary>
    public const string HelpFolder = "https://github.com/generatednetworks/generatednetworks/blob/main/generator/Help/";

    /// <summary>The property of <see cref="BadArgument"/> that says what to write in an argument's place; absent where that is not known.</summary>
    public const string Meant = "Meant";

    private const string Category = "GeneratedNetworks";

    public static readonly DiagnosticDescriptor NotPartial = Error(
        IssueIds.NotPartial, "A network class must be partial", "'{0}' must be partial, because the generator adds code to it: write 'partial class {0}'");

    public static readonly DiagnosticDescriptor ContainingTypeNotPartial = Error(
        IssueIds.ContainingTypeNotPartial,
        "A type around a network class must be partial",
        "'{0}' must be partial, because it contains the network '{1}': write 'partial' before the word '{2}'");

    public static readonly DiagnosticDescriptor UnsupportedType = Error(
        IssueIds.UnsupportedType, "This type cannot be a network", "'{0}' cannot be a network: {1}");

    public static readonly DiagnosticDescriptor NoLayer = Error(
        IssueIds.NoLayer, "A network needs a layer", "'{0}' has no layer: {1}");

    public static readonly DiagnosticDescriptor AttributeOnOtherPart = Error(
        IssueIds.AttributeOnOtherPart,
        "A network is declared on one part",
        "[{0}] stands on another part of the class: move it to the part that carries [GeneratedNetwork], where the order of layers is visible");

    public static readonly DiagnosticDescriptor AttributeWithoutNetwork = Error(
        IssueIds.AttributeWithoutNetwork,
        "[GeneratedNetwork] is missing",
        "[{0}] has no effect, because '{1}' lacks [GeneratedNetwork]: write it above the layers, with the number of inputs, such as [GeneratedNetwork(2)]");

    public static readonly DiagnosticDescriptor NonPositiveSize = Error(
        IssueIds.NonPositiveSize, "A size must be positive", "{0} must be at least 1{1}");

    public static readonly DiagnosticDescriptor SizeOverflow = Error(
        IssueIds.SizeOverflow, "A size is too large", "{0}, and at most {1} are possible. {2}.");

    public static readonly DiagnosticDescriptor UnknownEnumValue = Error(
        IssueIds.UnknownEnumValue, "This value has no meaning", "{1} is not a value of {0}");

    public static readonly DiagnosticDescriptor SoftmaxBeforeOutput = Error(
        IssueIds.SoftmaxBeforeOutput,
        "Softmax belongs to the output",
        "{0} is allowed on the last layer only, not on '{1}': choose another activation there, such as Relu");

    public static readonly DiagnosticDescriptor LossNeedsActivation = Error(
        IssueIds.LossNeedsActivation, "The loss does not fit the output", "Loss {0} needs {1} as the output activation, not {2}: {3}");

    public static readonly DiagnosticDescriptor DropoutRate = Error(
        IssueIds.DropoutRate,
        "A dropout rate is a probability below 1",
        "The dropout rate must be at least 0 and below 1, such as 0.5 to drop half of the values, not {0}");

    public static readonly DiagnosticDescriptor DropoutLast = Error(
        IssueIds.DropoutLast,
        "Dropout cannot be the last layer",
        "Dropout cannot be the last layer, because it would drop the network's outputs: move it before the output layer, or remove it");

    public static readonly DiagnosticDescriptor BadLayerName = Error(
        IssueIds.BadLayerName, "This is no layer name", "'{0}' is no layer name: write up to 256 letters, digits and _, starting with a letter");

    public static readonly DiagnosticDescriptor DuplicateLayerName = Error(
        IssueIds.DuplicateLayerName,
        "Layer names must be unique",
        "Another layer or an input is called '{0}' (upper and lower case count as equal): give one of them another Name");

    public static readonly DiagnosticDescriptor MemberTaken = Error(
        IssueIds.MemberTaken, "A generated member exists already", "'{1}' declares {0}: {2}");

    public static readonly DiagnosticDescriptor ClassNamedLikeMember = Error(
        IssueIds.ClassNamedLikeMember,
        "A network cannot be called like a generated member",
        "'{0}' is also the name of a member that is generated in the class: rename the class");

    public static readonly DiagnosticDescriptor AllFrozen = Error(
        IssueIds.AllFrozen, "There is nothing to train", "Nothing in '{0}' is left for [Training] to change: {1}");

    public static readonly DiagnosticDescriptor StaticWithoutWeights = Error(
        IssueIds.StaticWithoutWeights,
        "A static network needs weights",
        "'{0}' is static, and so has no parameters but those of a file: add [Weights(\"file\")], or remove 'static'");

    public static readonly DiagnosticDescriptor StaticWithTraining = Error(
        IssueIds.StaticWithTraining,
        "A static network cannot be trained",
        "'{0}' is static and cannot have [Training], because no instance holds parameters that could change: remove 'static', or [Training]");

    public static readonly DiagnosticDescriptor NamesDifferInCase = Error(
        IssueIds.NamesDifferInCase,
        "Two networks differ only in case",
        "'{0}' and '{1}' differ only in case, and so would the names of their generated files: rename one");

    public static readonly DiagnosticDescriptor TooLargeForProfile = Error(
        IssueIds.TooLargeForProfile, "The network is too large for its profile", "{0} is too large for profile {1}: the limit is {2}");

    public static readonly DiagnosticDescriptor LanguageVersionTooLow = Error(
        IssueIds.LanguageVersionTooLow,
        "The C# version is too low",
        "Profile {0} needs C# {1} or newer, and this project is compiled as C# {2}: set <LangVersion>{1}</LangVersion> in the project file");

    public static readonly DiagnosticDescriptor ProfileUnavailable = Error(
        IssueIds.ProfileUnavailable,
        "The profile is not available here",
        "Profile {0} needs {1}, which this project does not reference: {2}");

    public static readonly DiagnosticDescriptor ModelFileMissing = Error(
        IssueIds.ModelFileMissing,
        "The model file is none of the project's",
        "'{0}' is none of the project's model files ({1}): {2}");

    public static readonly DiagnosticDescriptor ModelFileUnusable = Error(
        IssueIds.ModelFileUnusable, "The model file cannot be used", "{0}");

    public static readonly DiagnosticDescriptor WeightsMismatch = Error(
        IssueIds.WeightsMismatch, "The weights do not fit", "{0}: {1}: {2}");

    public static readonly DiagnosticDescriptor ModelFileMisused = Error(
        IssueIds.ModelFileMisused, "The declaration does not fit the model file", "The declaration does not fit its model file: {0}");

    public static readonly DiagnosticDescriptor EmbeddedTooLarge = Error(
        IssueIds.EmbeddedTooLarge,
        "The parameters are too large to be embedded",
        "The parameters of '{0}' take {1} bytes, and at most {2} can be embedded in an assembly: leave [Weights] out and call Load at run time");

    public static readonly DiagnosticDescriptor ClipBounds = Error(
        IssueIds.ClipBounds, "These are no bounds to clip to", "These are no bounds to clip to: {0}");

    public static readonly DiagnosticDescriptor DeclaredTwice = Error(
        IssueIds.DeclaredTwice,
        "A network is declared twice",
        "[GeneratedNetwork] stands on two parts of '{0}': two networks need two names, so rename one of the classes; one network needs it once, "
            + "so remove it here");

    public static readonly DiagnosticDescriptor NoTrainer = Error(
        IssueIds.NoTrainer, "The network has no trainer", "'{0}' has no trainer, because {1}");

    public static readonly DiagnosticDescriptor BadArgument = Error(
        IssueIds.BadArgument, "This is no argument of the attribute", "[{0}] {1}");

    public static readonly DiagnosticDescriptor NanoConstants = Error(
        IssueIds.NanoConstants,
        "The parameters are too large for nanoFramework",
        "The parameters of '{0}' take {1} bytes, and a constant of a nanoFramework assembly has at most {2}: leave [Weights] out and hand them to SetParameters "
            + "when the program runs, or make the network smaller");

    public static readonly DiagnosticDescriptor BudgetExceeded = Error(
        IssueIds.BudgetExceeded, "The network exceeds its budget", "'{0}' exceeds its budget: {1}");

    public static readonly DiagnosticDescriptor UnknownSource = Error(
        IssueIds.UnknownSource, "The layer reads what is not there", "'{0}' reads '{1}', {2}");

    public static readonly DiagnosticDescriptor ShapesDoNotFit = Error(IssueIds.ShapesDoNotFit, "Shapes do not fit", "'{0}' {1}");

    public static readonly DiagnosticDescriptor NothingReads = Error(
        IssueIds.NothingReads,
        "Nothing reads the layer",
        "Nothing reads '{0}', and it is not the output: name it in From of a layer below it, or in a layer that joins values, or remove it");

    public static readonly DiagnosticDescriptor WindowArguments = Error(IssueIds.WindowArguments, "The window's arguments do not fit together", "'{0}' {1}");

    public static readonly DiagnosticDescriptor WindowDoesNotFit = Error(
        IssueIds.WindowDoesNotFit,
        "The window is larger than what it slides over",
        "'{0}' has {1} elements along the {2}, and there are {3}: make it smaller, or write Padding = Padding.Same");

    public static readonly DiagnosticDescriptor Groups = Error(
        IssueIds.Groups, "Groups do not divide the channels", "'{0}' has {1} groups, which must divide the {2} channels that it reads and its {3} filters alike");

    public static readonly DiagnosticDescriptor InputMisused = Error(IssueIds.InputMisused, "The inputs do not fit together", "{0}");

    public static readonly DiagnosticDescriptor OutputMisused = Error(IssueIds.OutputMisused, "The outputs do not fit together", "{0}");

    public static readonly DiagnosticDescriptor PoolPadding = Error(
        IssueIds.PoolPadding,
        "A pool's window would see nothing",
        "'{0}' goes {1} elements beyond the {2}, and its window has {3} there: a position would see no element; write smaller Pads, or a larger window");

    public static readonly DiagnosticDescriptor NormalizationNumber = Error(
        IssueIds.NormalizationNumber, "A number of a normalization is out of range", "'{0}' takes {1}, not {2}");

    public static readonly DiagnosticDescriptor NotStreaming = Error(
        IssueIds.NotStreaming, "The network cannot run frame by frame", "Streaming = true, and {0} {1}");

    public static readonly DiagnosticDescriptor UnknownLayer = Error(
        IssueIds.UnknownLayer, "No attribute of a network has this name", "[{0}] is no attribute of a network: {1}");

    public static readonly DiagnosticDescriptor NotUnrolled = Info(
        IssueIds.NotUnrolled, "A layer was not unrolled", "{0}, {1}: {2} instead of unrolled code, because {3}");

    public static readonly DiagnosticDescriptor ScratchBeyondStack = Info(
        IssueIds.ScratchBeyondStack,
        "Scratch memory does not fit on the stack",
        "{0} bytes of scratch are allocated once per thread at its first call, because the stack takes at most {1}");

    public static readonly DiagnosticDescriptor BasicByLanguageVersion = Warning(
        IssueIds.BasicByLanguageVersion,
        "Profile Basic is due to the C# version",
        "'{0}' uses profile Basic, because the project is compiled as C# {1}. Profile Basic has no Fit, Save and Load: set <LangVersion>9</LangVersion> in the "
            + "project file to get them. To stay with Basic without this warning, write Emit = EmitProfile.Basic.");

    public static readonly DiagnosticDescriptor SoftmaxOfOneOutput = Warning(
        IssueIds.SoftmaxOfOneOutput,
        "Softmax of one output is constant",
        "{0} over one output is always {1}: use Sigmoid with BinaryCrossEntropy, or one output per class");

    public static readonly DiagnosticDescriptor OtherFunctions = Warning(
        IssueIds.OtherFunctions,
        "The layers compute something else than the file's",
        "'{0}' was trained as {1}, and the layers declared here are {2}: the same parameters give other outputs. {3}.");

    public static readonly DiagnosticDescriptor WeightOrderUnsaid = Warning(
        IssueIds.WeightOrderUnsaid,
        "The order of square weights is a guess",
        "'{0}' says that PyTorch wrote it, whose layers keep weights as [out, in], and is read as [in, out]; all weights are square, so that their "
            + "shapes cannot tell: write Order = WeightOrder.OutIn for PyTorch's layers, or Order = WeightOrder.InOut to keep this reading");

    public static readonly DiagnosticDescriptor ScalarByLanguageVersion = Info(
        IssueIds.ScalarByLanguageVersion,
        "Profile Scalar is due to the C# version",
        "'{0}' uses profile Scalar, because the project is compiled as C# {1}: the faster profile Simd needs C# 12 (<LangVersion>12</LangVersion>), "
            + "or write Emit = EmitProfile.Scalar to keep it");

    public static readonly DiagnosticDescriptor OtherPrecision = Warning(
        IssueIds.OtherPrecision, "The numbers have another precision than the network", "'{0}' computes with {1}, and '{2}' is of {3}: {4}");

    public static readonly DiagnosticDescriptor MisplacedCall = Warning(IssueIds.MisplacedCall, "The member is found elsewhere", "{0}");

    public static readonly DiagnosticDescriptor NanoConstantsTogether = new(
        IssueIds.NanoConstantsTogether,
        "The networks are too large for one nanoFramework assembly",
        "The networks of this assembly embed {0} bytes ({1}), and nanoFramework keeps the constants and signatures of an assembly in {2}, of which {3} should be "
            + "left for signatures: put networks into assemblies of their own, or hand their parameters to SetParameters when the program runs",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpFolder + IssueIds.NanoConstantsTogether + ".md",
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor FlattensSteps = Warning(
        IssueIds.FlattensSteps,
        "Dense flattens a sequence",
        "'{0}' takes all {1} steps of '{2}' as one row of inputs: write PerStep = true where it should act on each step, or put [Flatten] between the two where this is meant");

    private static readonly Dictionary<string, DiagnosticDescriptor> ById = new[]
    {
        NotPartial, ContainingTypeNotPartial, UnsupportedType, NoLayer, AttributeOnOtherPart, AttributeWithoutNetwork,
        NonPositiveSize, SizeOverflow, UnknownEnumValue, SoftmaxBeforeOutput, LossNeedsActivation, DropoutRate, DropoutLast,
        BadLayerName, DuplicateLayerName, MemberTaken, ClassNamedLikeMember, AllFrozen, StaticWithoutWeights, StaticWithTraining,
        NamesDifferInCase, TooLargeForProfile, LanguageVersionTooLow, ProfileUnavailable,
        ModelFileMissing, ModelFileUnusable, WeightsMismatch, ModelFileMisused, EmbeddedTooLarge, ClipBounds, DeclaredTwice, NoTrainer, BadArgument,
        NanoConstants, BudgetExceeded, UnknownSource, ShapesDoNotFit, NothingReads, WindowArguments, WindowDoesNotFit, Groups, InputMisused, OutputMisused,
        PoolPadding, NormalizationNumber, NotStreaming, UnknownLayer,
        NotUnrolled, ScratchBeyondStack, BasicByLanguageVersion, SoftmaxOfOneOutput, OtherFunctions, WeightOrderUnsaid, ScalarByLanguageVersion, OtherPrecision,
        MisplacedCall, NanoConstantsTogether, FlattensSteps,
    }.ToDictionary(descriptor => descriptor.Id);

    public static IReadOnlyCollection<DiagnosticDescriptor> All => ById.Values;

    public static DiagnosticDescriptor Of(string id) => ById[id];

    public static Diagnostic Create(Issue issue, Location location) =>
        Diagnostic.Create(Of(issue.Id), location, Properties(issue), [.. issue.Arguments.Select(OneLine.Of)]);

    /// <summary>What editors need of an issue to mend it.</summary>
    private static ImmutableDictionary<string, string?> Properties(Issue issue) =>
        issue is { Id: IssueIds.BadArgument, Arguments: { Count: 3 } arguments } && arguments[2].Length > 0
            ? ImmutableDictionary<string, string?>.Empty.Add(Meant, arguments[2])
            : ImmutableDictionary<string, string?>.Empty;

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpFolder + id + ".md");

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: HelpFolder + id + ".md");

    private static DiagnosticDescriptor Info(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: HelpFolder + id + ".md");
}

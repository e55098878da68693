using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>What the parts of one network's text share.</summary>
internal sealed class EmitContext
{
    /// <summary>The nested class that holds all that is not public: the only name but <see cref="Field"/> that the user's class is given.</summary>
    public const string Inner = "Gn";

    /// <summary>The field with the network's memory.</summary>
    public const string Field = "_gn";

    public EmitContext(NetworkPlan plan)
    {
        Plan = plan;
        Surface = new Surface(plan.Graph.Profile, plan.Graph.Precision);
        Use = new LibraryUse.Builder(plan.Graph.Precision, (Numerics)plan.Graph.Model.Numerics);
        Kernels = new KernelSet(plan);
        Functions = IsSimd ? new FunctionLibrary((_, helper) => "Plain." + Use.PlainFunction(helper)) : new FunctionLibrary();
        TrainerFunctions = IsSimd ? new FunctionLibrary((_, helper) => $"{Inner}.Plain." + Use.PlainFunction(helper)) : new FunctionLibrary();
        if (plan.Training is { } training)
        {
            TrainerMemory = training.Trainer;
            TrainingPlaces = new TensorPlaces(training.Memory, training.ChunkRows);
        }

        if (plan.Stream is { } stream)
            FramePlaces = new TensorPlaces(stream.Frame.Memory, stream.Frame.ChunkRows);
        InferencePlaces = new TensorPlaces(plan.Inference.Memory, plan.Inference.ChunkRows);
    }

    public NetworkPlan Plan { get; }

    public Surface Surface { get; }

    /// <summary>What the network takes from the text that its assembly shares.</summary>
    public LibraryUse.Builder Use { get; }

    /// <summary>The kernels of profiles without vectors.</summary>
    public KernelSet Kernels { get; }

    /// <summary>Scalar functions in double that code outside the kernels calls.</summary>
    public FunctionLibrary Functions { get; }

    /// <summary>The same for code in the trainer.</summary>
    public FunctionLibrary TrainerFunctions { get; }

    public TensorPlaces InferencePlaces { get; }

    /// <summary>Those of a stream's frame.</summary>
    public TensorPlaces? FramePlaces { get; }

    /// <summary>Whether a sequence may end before its window does.</summary>
    public bool HasLengths => Plan.Graph.LengthSteps > 0;

    /// <summary>Whether the network runs frame by frame too.</summary>
    public bool Streams => Plan.Stream is not null;

    public TensorPlaces? TrainingPlaces { get; }

    public TrainerMemory? TrainerMemory { get; }

    /// <summary>Whether training draws random masks.</summary>
    public bool HasMasks => Plan.Training is { Masks.Count: > 0 };

    /// <summary>Whether some layer takes statistics of the batch.</summary>
    public bool HasBatchNorm => Plan.Graph.BatchNorms.Any();

    public bool IsSimd => Surface.Profile == EmitProfile.Simd;

    /// <summary>Whether one sample reads packed Wᵀ as many do: windows and recurrent products have no form for it alone.</summary>
    public bool AlwaysTransposes => Plan.Graph.IsReproducible
        || Plan.Parameters.Patches.Concat(Plan.Parameters.Dense.Where(weights => weights.IsRecurrent)).Any(weights => weights.TransposedOffset >= 0);

    public bool NeedsTransposed => Plan is { Training: not null, Parameters.TransposedLength: > 0 };

    public bool ToInputs => Plan.Graph.Training is { InputGradients: true };

    /// <summary>Whether a step of one sample updates each parameter as soon as its gradient is known.</summary>
    public bool HasSampleStep => Plan.Training is { Step: not StepForm.Chunk };

    public bool HasInterfaces => !Surface.IsBasic && Plan.Graph.Model.Options.HasInterfaces;

    /// <summary>A static class holds the network itself and implements nothing.</summary>
    public bool IsStatic => Plan.Graph.Model.Type.IsStatic;

    public bool ImplementsNetwork => HasInterfaces && !IsStatic;

    /// <summary>What stands before the type of a member that reads parameters.</summary>
    public string Static => IsStatic ? "static " : string.Empty;

    public string Element => Surface.Element;

    public string TypeName => Plan.Graph.Model.Type.Name;

    /// <summary>The class from the root on, for where a type inside it might have its name.</summary>
    public string FullTypeName
    {
        get
        {
            Model.TypeModel type = Plan.Graph.Model.Type;
            IEnumerable<string> around = type.ContainingTypes.Select(header => header.Substring(header.LastIndexOf(' ') + 1));
            return "global::" + string.Join(".", (type.Namespace.Length == 0 ? [] : new[] { type.Namespace }).Concat(around).Append(type.Name));
        }
    }

    public NumericTarget ScalarDouble => Kernels.Host.Target.ScalarDouble;

    public Dialect Host => Kernels.Host;

    /// <summary>The array, or what holds it, with a network's parameters; <paramref name="network"/> is "" or names another object and a dot.</summary>
    public string Parameters(string network = "") => network + Field + (Surface.IsBasic ? ".Parameters" : string.Empty);

    /// <summary>The first parameter, declared as a local where that takes one.</summary>
    public Pointer ParametersStart(CSharpWriter writer, string network = "") => Surface.StartOfMemory(writer, "parameters", Parameters(network));

    /// <param name="places">Where values lie.</param>
    /// <param name="isWindow">Whether it runs a whole window, which a sequence may leave before its end.</param>
    public IPassWriter PassWriter(TensorPlaces places, bool isWindow = true) => IsSimd
        ? new Simd.SimdPassWriter(Plan, Use, places, isWindow && HasLengths)
        : new PassWriter(Kernels, Plan, places, isWindow && HasLengths);
}

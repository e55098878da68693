using System;

namespace GeneratedNetworks;

/// <summary>
/// How <see cref="SafeTensors.Load{T}(INetwork{T}, string, LoadOptions)"/> reads a file. Order and names are those of <see cref="WeightsAttribute"/>.
/// </summary>
public sealed class LoadOptions
{
    /// <summary>
    /// Which axis comes first in the file's weight matrices; never guessed from shapes. Default: <see langword="null"/>, what the file says, as one from
    /// <c>Save</c> does, and otherwise <see cref="WeightOrder.InOut"/>. PyTorch's files are <see cref="WeightOrder.OutIn"/>.
    /// </summary>
    public WeightOrder? Order { get; set; }

    /// <summary>
    /// What the file calls the layers, where that is not their name: "dense1=0, dense2=model.fc2" reads <c>0.weight</c> and <c>0.bias</c> into dense1.
    /// Default: <see langword="null"/>, their names.
    /// </summary>
    public string? Names { get; set; }

    /// <summary>
    /// The file's name for each parameter of the network, such as <c>fc1.kernel</c> for <c>dense1.weight</c>, where <see cref="Names"/> cannot say it.
    /// Default: <see langword="null"/>.
    /// </summary>
    public Func<string, string>? NameInFile { get; set; }

    /// <summary>Whether F32 may be read into doubles and F64 into floats (rounded to the nearest). Default: <see langword="false"/>.</summary>
    public bool AllowConversion { get; set; }

    /// <summary>
    /// Whether the file may come from a network with other functions, such as an activation, behind the same layers: to leave out a last softmax, say.
    /// Only files that <c>Save</c> wrote tell of them. Default: <see langword="false"/>.
    /// </summary>
    public bool AllowOtherFunctions { get; set; }

    /// <summary>Whether the file may hold tensors that the network has no parameter for. Default: <see langword="false"/>.</summary>
    public bool AllowOtherTensors { get; set; }
}

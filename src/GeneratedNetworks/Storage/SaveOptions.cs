using System;

namespace GeneratedNetworks;

/// <summary>
/// How <see cref="SafeTensors.Save{T}(INetwork{T}, string, SaveOptions)"/> writes a file. Order and names are those of <see cref="LoadOptions"/>.
/// </summary>
public sealed class SaveOptions
{
    /// <summary>
    /// Which axis comes first in the file's weight matrices. Default: <see cref="WeightOrder.InOut"/>; PyTorch reads <see cref="WeightOrder.OutIn"/>.
    /// </summary>
    public WeightOrder Order { get; set; }

    /// <summary>
    /// What the file shall call the layers, where that is not their name: "dense1=0, dense2=model.fc2" writes dense1 as <c>0.weight</c> and <c>0.bias</c>.
    /// Default: <see langword="null"/>, their names.
    /// </summary>
    public string? Names { get; set; }

    /// <summary>
    /// The file's name for each parameter of the network, such as <c>fc1.kernel</c> for <c>dense1.weight</c>, where <see cref="Names"/> cannot say it.
    /// Default: <see langword="null"/>.
    /// </summary>
    public Func<string, string>? NameInFile { get; set; }
}

using System;

namespace GeneratedNetworks;

/// <summary>How <see cref="SafeTensors.Load{T}(INetwork{T}, string, LoadOptions)"/> reads a file.</summary>
public sealed class LoadOptions
{
    /// <summary>The order of the file's weight matrices; never guessed from shapes. Default: <see cref="WeightOrder.InOut"/>.</summary>
    public WeightOrder WeightOrder { get; set; }

    /// <summary>Whether F32 may be read into doubles and F64 into floats (rounded to the nearest). Default: <see langword="false"/>.</summary>
    public bool AllowConversion { get; set; }

    /// <summary>Whether the file may hold tensors that the network has no use for. Default: <see langword="false"/>.</summary>
    public bool AllowOtherTensors { get; set; }

    /// <summary>The file's name for a parameter of the network, such as <c>fc1.weight</c> for <c>dense1.weight</c>. Default: the same name.</summary>
    public Func<string, string>? NameInFile { get; set; }
}

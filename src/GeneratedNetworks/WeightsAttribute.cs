using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>Embeds trained parameters in the network at compile time: <c>new Net()</c> starts with them instead of initialized ones.</summary>
/// <remarks>
/// <para>The file is one of the project's models: <c>&lt;NetworkModel Include="digits.safetensors" /&gt;</c>, with the package GeneratedNetworks.Build.</para>
/// <para>
/// A file of tensors alone (safetensors) is matched by name ("dense1.weight"), a model (ONNX, TFLite, Keras) by the order of its layers. Names, shapes and
/// types are checked at compile time. A static class holds embedded parameters and nothing else: it can run the network, not change it.
/// </para>
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class WeightsAttribute : Attribute
{
    /// <summary>Names the file.</summary>
    /// <param name="file">Its path as the project names it, or the end of that path if it is unique: "digits.safetensors".</param>
    public WeightsAttribute(string file) => File = file;

    /// <summary>The file's path as the project names it, or the end of that path.</summary>
    public string File { get; }

    /// <summary>
    /// Which axis comes first in the weight matrices of a file of tensors alone. Default: what the file says, as one from <c>Save</c> does, and otherwise
    /// <see cref="WeightOrder.InOut"/>. PyTorch's files are <see cref="WeightOrder.OutIn"/>.
    /// </summary>
    public WeightOrder Order { get; set; }

    /// <summary>
    /// What a file of tensors alone calls the layers, where that is not their name: "dense1=0, dense2=model.fc2" reads <c>0.weight</c> and <c>0.bias</c> into
    /// dense1. Default: their names.
    /// </summary>
    public string? Names { get; set; }

    /// <summary>Whether a file of tensors alone may hold some that the network has no parameter for. Default: <see langword="false"/>.</summary>
    public bool AllowOtherTensors { get; set; }
}

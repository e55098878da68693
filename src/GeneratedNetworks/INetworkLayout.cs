using System;

namespace GeneratedNetworks;

/// <summary>What a row of a network's inputs and outputs consists of, for generic code. Every generated network has it.</summary>
public interface INetworkLayout
{
    /// <summary>The inputs in order, one at least; their lengths add up to a row of inputs.</summary>
    ReadOnlySpan<NetworkValue> InputLayout { get; }

    /// <summary>The outputs in order, one at least; their lengths add up to a row of outputs, and of targets.</summary>
    ReadOnlySpan<NetworkValue> OutputLayout { get; }
}

namespace GeneratedNetworks.Generator.Planning;

/// <summary>What a network takes, known from its plan alone.</summary>
internal static class Footprint
{
    /// <summary>Bytes of constants in the assembly: the embedded parameters.</summary>
    /// <remarks>In <c>Basic</c> they are the network's memory as it is, padding included; elsewhere they stand in canonical order.</remarks>
    public static long ConstantBytes(NetworkPlan plan) => plan.Graph.Embedded is null ? 0
        : (long)plan.Layout.ElementBytes * (plan.Graph.Profile == Model.EmitProfile.Basic ? plan.ParameterLength : plan.Graph.ParameterCount);
}

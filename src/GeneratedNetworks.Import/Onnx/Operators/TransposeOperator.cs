namespace GeneratedNetworks.Import.Onnx.Operators;

internal static class TransposeOperator
{
    public static void Read(OnnxNode node, OnnxChain chain)
    {
        int[] permutation = Permutation(node, chain.Shape.Rank);
        chain.Shape.RequireOneBatchAxis(node);
        chain.Permute(node, permutation);
    }

    /// <summary>Which old axis each new one is; reversed where the node does not say.</summary>
    public static int[] Permutation(OnnxNode node, int rank)
    {
        node.AllowAttributes("perm");
        if (node.Ints("perm") is not { } given)
            return [.. Enumerable.Range(0, rank).Reverse()];
        bool isPermutation = given.Count == rank && given.Order().SequenceEqual(Enumerable.Range(0, rank).Select(axis => (long)axis));
        return isPermutation ? [.. given.Select(axis => (int)axis)] : throw node.Error($"perm must name each of {rank} axes once");
    }
}

namespace GeneratedNetworks.Benchmarks.Tables;

/// <summary>A group of rows of the short driver.</summary>
internal interface ITable
{
    /// <summary>The word that <c>--only</c> selects it by.</summary>
    string Name { get; }

    void Run(TableContext context);
}

namespace GeneratedNetworks.Runtimes.Tests;

/// <summary>Where the slice is run, and how.</summary>
/// <param name="Name">As the table has it.</param>
/// <param name="Folder">The program's folder in <c>tests/Runtimes</c>.</param>
/// <param name="Output">What is run, or handed to the host, below that folder's build output; its size is the table's.</param>
/// <param name="Host">The program that runs it and that program's arguments; nothing where it runs by itself.</param>
/// <param name="Tools">What must be on the PATH; of those between bars, one.</param>
internal sealed record Target(string Name, string Folder, string Output, string[] Host, string[] Tools)
{
    /// <summary>Profile Simd needs vectors of .NET 8.</summary>
    public bool HasSimd { get; init; } = true;

    /// <summary>Of an emulator's times nothing is to be learned.</summary>
    public bool IsEmulated { get; init; }

    /// <summary>The variable that takes vectors away, or nothing.</summary>
    public string? Without { get; init; }

    /// <summary>The widest vectors that the target may have, in bits.</summary>
    public int Width { get; init; } = 512;

    public string OutputPath => Repository.PathOf($"tests/Runtimes/{Folder}/bin/{Repository.Configuration}/{Output}");

    public override string ToString() => Name;
}

namespace GeneratedNetworks.Benchmarks;

/// <summary>A word of the command line. Implement it in a file under Commands, with a constructor without parameters, and it is found.</summary>
internal interface ICommand
{
    string Name { get; }

    /// <summary>One line for the list of commands: what it does, then its options.</summary>
    string Summary { get; }

    /// <returns>The exit code of the process.</returns>
    int Run(string[] arguments);
}

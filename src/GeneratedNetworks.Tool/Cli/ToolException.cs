namespace GeneratedNetworks.Tool.Cli;

/// <summary>Ends a command with one line on standard error.</summary>
/// <param name="message">A sentence that names the file, where there is one, and the reason.</param>
/// <param name="exitCode">One of <see cref="Gennet"/>'s.</param>
internal sealed class ToolException(string message, int exitCode = Gennet.Failed) : Exception(message)
{
    public int ExitCode => exitCode;
}

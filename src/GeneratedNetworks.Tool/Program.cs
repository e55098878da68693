using System.Text;
using GeneratedNetworks.Tool.Cli;
using GeneratedNetworks.Tool.Output;

namespace GeneratedNetworks.Tool;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        // Without a byte order mark, which a program that reads our output would take for a part of it.
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return Gennet.Run(arguments, Terminal.OfProcess());
    }
}

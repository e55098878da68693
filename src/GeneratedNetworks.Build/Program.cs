using System.Text;

namespace GeneratedNetworks.Build;

/// <summary>
/// The converter that the targets run: <c>GeneratedNetworks.Build LIST</c>. The working directory is the project's; every line of the list names a
/// model file and, behind a tab, the text to write. A file that cannot be used gets a text that says why.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        // Without a byte order mark, which MSBuild would take for a part of the first message.
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (arguments.Length != 1)
        {
            Console.Error.WriteLine("usage: GeneratedNetworks.Build LIST");
            return 2;
        }

        try
        {
            foreach (string line in File.ReadLines(arguments[0]))
            {
                if (line.Split('\t') is not [string model, string text])
                    throw new InvalidDataException($"a line of '{arguments[0]}' is no pair of paths: '{line}'");
                Conversion.Run(model, text);
            }

            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // In the form that MSBuild takes for an error.
            Console.WriteLine($"GeneratedNetworks.Build : error : {exception.Message}");
            return 1;
        }
    }
}

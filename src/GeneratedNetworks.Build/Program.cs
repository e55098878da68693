using System.Text;

namespace GeneratedNetworks.Build;

/// <summary>
/// The converter that the targets run in every build: <c>GeneratedNetworks.Build LIST FOLDER</c>. The working directory is the project's, the list
/// names its model files (<see cref="ModelItem"/>), and the folder receives their texts, what they were made from, and <c>texts.list</c>, the paths of
/// the texts, one a line. A file that cannot be used gets a text that says why, and hinders no other.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        // Without a byte order mark, which MSBuild would take for a part of the first message.
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (arguments.Length != 2)
        {
            Console.Error.WriteLine("usage: GeneratedNetworks.Build LIST FOLDER");
            return 2;
        }

        try
        {
            bool complete = true;
            IReadOnlyList<ModelItem> items = ModelItem.Read(arguments[0], onBad: record =>
            {
                Report.Error($"'{record}' is no path of a model file that can be used: rename the file.");
                complete = false;
            });
            return new ModelFolder(arguments[1]).Update(items) && complete ? 0 : 1;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Report.Error(exception.Message);
            return 1;
        }
    }
}

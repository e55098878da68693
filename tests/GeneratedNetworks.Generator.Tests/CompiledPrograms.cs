using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>The programs of a document, compiled with the generator all at once and run one by one, as a reader would run them.</summary>
internal sealed partial class CompiledPrograms
{
    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using GeneratedNetworks;
        """;

    private const string FolderVariable = "folderOfThisProgram";

    private readonly Assembly _assembly;

    /// <summary>Compiles programs, which must be free of errors.</summary>
    /// <param name="programs">The statements of each.</param>
    /// <param name="others">Declarations that they use.</param>
    /// <param name="files">Model files of the project.</param>
    public CompiledPrograms(IReadOnlyList<string> programs, IEnumerable<string> others, params IEnumerable<AdditionalText> files)
    {
        // The working folder is the process's, and tests run side by side: names of files become paths in a folder for each run.
        IEnumerable<string> classes = programs.Select((program, index) =>
            $"internal static class Program{index}\n{{\n    public static void Main(string {FolderVariable})\n    {{\n"
            + FileName().Replace(program, match => $"Path.Combine({FolderVariable}, {match.Value})") + "\n    }\n}\n");
        GeneratorRun run = GeneratorHarness.Run([.. classes, Usings, .. others], Target.Net100, null, files);
        using MemoryStream image = new(run.Emit());
        run.AssertNoErrors();
        _assembly = new AssemblyLoadContext("programs").LoadFromStream(image);
    }

    /// <returns>What a program writes to the console, and, where it ends so, the exception as .NET shows it, without the stack.</returns>
    public string Run(int index)
    {
        string folder = Directory.CreateTempSubdirectory("program").FullName;
        try
        {
            MethodInfo main = _assembly.GetType($"Program{index}", throwOnError: true)!.GetMethod("Main")!;
            string written = ConsoleCapture.Of(() => Call(main, folder));
            return written.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).TrimEnd();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Call(MethodInfo main, string folder)
    {
        try
        {
            main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [folder], null);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Console.WriteLine($"{exception.GetType().FullName}: {exception.Message.ReplaceLineEndings("\n")}");
        }
    }

    [GeneratedRegex("\"[A-Za-z][\\w/-]*\\.(csv|csv\\.gz|safetensors|checkpoint|onnx|png|txt)\"")]
    private static partial Regex FileName();
}

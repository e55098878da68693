using System.Text;
using GeneratedNetworks.Tool.Cli;

namespace GeneratedNetworks.Tool.Output;

/// <summary>The files that a command writes: all of them or, where one is there already and may not be replaced, none.</summary>
internal sealed class OutputFiles(bool mayReplace)
{
    private readonly List<(string Path, Action<Stream> Write)> _files = [];

    public void Add(string path, string text) =>
        Add(path, stream => stream.Write(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text)));

    public void Add(string path, Action<Stream> write) => _files.Add((path, write));

    /// <summary>Writes them and says so, unless <paramref name="terminal"/> is null.</summary>
    public void Write(Terminal? terminal)
    {
        foreach ((string path, _) in _files)
        {
            if (Directory.Exists(path))
                throw new ToolException($"{path}: it is a folder; name a file.");
            for (string? folder = Path.GetDirectoryName(path); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
            {
                if (File.Exists(folder))
                    throw new ToolException($"{folder}: it is a file; name a folder.");
            }

            if (!mayReplace && File.Exists(path))
                throw new ToolException($"{path}: the file is there already; --force replaces it.");
        }

        foreach ((string path, Action<Stream> write) in _files)
        {
            string folder = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!).FullName;

            // Beside it first, then renamed: a crash leaves the old file or the new one.
            string beside = Path.Combine(folder, Path.GetRandomFileName());
            try
            {
                using (FileStream stream = File.Create(beside))
                    write(stream);
                File.Move(beside, path, mayReplace);
            }
            finally
            {
                File.Delete(beside);
            }

            terminal?.Line("wrote " + path);
        }
    }
}

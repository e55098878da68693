using System.IO;

namespace GeneratedNetworks;

/// <summary>Files that another process may replace while they are read.</summary>
internal static class SharedFile
{
    /// <summary>Opens a file and keeps nobody from renaming another one over it; what was opened stays readable to its end.</summary>
    public static FileStream OpenRead(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
}

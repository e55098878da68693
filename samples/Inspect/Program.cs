using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Inspect;

bool accept = args is ["--accept"];
if (args.Length > 0 && !accept)
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project samples/Inspect [-- --accept]");
    return 2;
}

string project = typeof(XorNet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ProjectDirectory").Value!;
string pinned = Path.Combine(project, "Pinned");
PinnedSource source = new(Path.Combine(project, "obj", "Generated"), pinned);
foreach (string file in source.GeneratedFiles)
    Console.WriteLine($"generated: {file}");
if (source.GeneratedFiles.Count == 0)
{
    Console.Error.WriteLine("Nothing was generated.");
    return 1;
}

if (accept)
{
    source.Accept();
    Console.WriteLine($"accepted:  {pinned}");
    return 0;
}

IReadOnlyList<string> differences = source.Compare();
foreach (string difference in differences)
    Console.Write(difference);
Console.WriteLine(differences.Count == 0
    ? "The generated code is as pinned."
    : "The generated code has changed. To accept it: dotnet run -c Release --project samples/Inspect -- --accept");
return differences.Count == 0 ? 0 : 1;

using System;
using System.Collections.Generic;
using System.IO;
using GeneratedNetworks.Testing;
using Inspect;

bool accept = args is ["--accept"];
if (args.Length > 0 && !accept)
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project samples/Inspect [-- --accept]");
    return 2;
}

PinnedCode code = PinnedCode.Of(typeof(XorNet));
string generated = Path.GetFullPath(Path.Combine(code.Folder, "..", "obj", "Generated"));
foreach (string file in Directory.GetFiles(generated, "*XorNet*.cs", SearchOption.AllDirectories))
    Console.WriteLine($"generated: {file}");
if (accept)
{
    code.Accept();
    Console.WriteLine($"accepted:  {code.Folder}");
    return 0;
}

IReadOnlyList<string> differences = code.Compare();
foreach (string difference in differences)
    Console.Write(difference);
Console.WriteLine(differences.Count == 0
    ? "The generated code is as pinned."
    : "The generated code has changed. To accept it: dotnet run -c Release --project samples/Inspect -- --accept");
return differences.Count == 0 ? 0 : 1;

namespace GeneratedNetworks.Runtimes.Tests;

internal static class Targets
{
    private const string Arm64 = "linux-arm64";

    private static readonly string[] Emulator = ["qemu-aarch64-static", "-L", "/usr/aarch64-linux-gnu"];

    /// <summary>The first is what the others are compared with, block by block.</summary>
    public static IReadOnlyList<Target> All { get; } =
    [
        CoreClr("CoreCLR x64, widest vectors", null, 512),
        CoreClr("CoreCLR x64, 256 bits", "DOTNET_EnableAVX512", 256),
        CoreClr("CoreCLR x64, 128 bits", "DOTNET_EnableAVX2", 128),
        CoreClr("CoreCLR x64, no vectors", "DOTNET_EnableHWIntrinsic", 0),
        new("NativeAOT x64", "Native", "net10.0/linux-x64/publish/app", [], ["clang|gcc"]) { Width = 128 },
        new("NativeAOT x64-v3", "NativeV3", "net10.0/linux-x64/publish/app", [], ["clang|gcc"]) { Width = 256 },
        new("NativeAOT arm64", "NativeArm64", $"net10.0/{Arm64}/publish/app", Emulator, ["clang", "aarch64-linux-gnu-gcc", "qemu-aarch64-static"])
            { IsEmulated = true, Width = 128 },
        new("CoreCLR arm64", "CoreClrArm64", $"net10.0/{Arm64}/publish/app", Emulator, ["aarch64-linux-gnu-gcc", "qemu-aarch64-static"])
            { IsEmulated = true, Width = 128 },
        new("WebAssembly", "WebAssembly", "net10.0/publish/wwwroot/main.js", ["node"], ["node"]) { Width = 128 },
        new("Mono, .NET Framework 4.7.2", "Mono", "net472/publish/app.exe", ["mono"], ["mono"]) { HasSimd = false },
    ];

    private static Target CoreClr(string name, string? without, int width) =>
        new(name, "CoreClr", "net10.0/publish/app.dll", ["dotnet"], ["dotnet"]) { Without = without, Width = width };
}

[assembly: AssemblyFixture(typeof(GeneratedNetworks.Package.Tests.PackedPackage))]

namespace GeneratedNetworks.Package.Tests;

/// <summary>
/// Tests that look at a clock. The others run side by side, all with the packages of one assembly fixture: a build of one small project keeps one core busy.
/// </summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

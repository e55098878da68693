namespace GeneratedNetworks.Package.Tests;

/// <summary>One package for all tests, and their builds one after the other: each already uses every core.</summary>
[CollectionDefinition(Name)]
public sealed class PackageCollection : ICollectionFixture<PackedPackage>
{
    public const string Name = "package";
}

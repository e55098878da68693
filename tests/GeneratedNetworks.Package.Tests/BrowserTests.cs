namespace GeneratedNetworks.Package.Tests;

/// <summary>samples/Browser as a visitor meets it: published, served and opened.</summary>
[Collection(nameof(Alone))]
public class BrowserTests(PackedPackage package, ITestOutputHelper output)
{
    private const double Wanted = 97;

    [Fact]
    public async Task The_page_learns_the_two_moons_within_ten_seconds()
    {
        if (Chromium.Find() is not { } program)
        {
            Assert.Skip("samples/Browser is opened in Chromium (`apt-get install chromium`); none is on the PATH.");
            return;
        }

        // It was built before the tests, as what is packed. Nobody asks this server for the compressed form of a file, which takes long to make.
        string site = package.CreateFolder("Browser");
        PackedPackage.Run(PackedPackage.RepositoryRoot(), "dotnet", "publish", "samples/Browser", "-c", "Release", "--no-build", "-p:CompressionEnabled=false", "-o", site);
        using StaticServer server = new(Path.Combine(site, "wwwroot"));
        await using Chromium browser = await Chromium.Open(program, server.Address);

        TimeSpan? loaded = await browser.Until("document.getElementById('start')?.disabled === false", TimeSpan.FromMinutes(1));
        Assert.True(loaded is not null, "The page did not load.");
        Assert.Equal("0", await Text("steps"));
        await Click("start");
        TimeSpan? learned = await browser.Until($"parseFloat(document.getElementById('accuracy').textContent) >= {Wanted}", TimeSpan.FromSeconds(10));
        string picture = Path.Combine(AppContext.BaseDirectory, "browser.png");
        await browser.Photograph(picture);
        output.WriteLine($"loaded after {loaded}, {await Text("accuracy")} after {learned}, {await Text("steps")} steps, {await Text("speed")} a second: {picture}");
        Assert.True(learned is not null, $"{await Text("accuracy")} after ten seconds and {await Text("steps")} steps");

        // The same button pauses.
        await Click("start");
        string steps = await Text("steps");
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.Equal(steps, await Text("steps"));
        await Click("reset");
        Assert.Equal("0", await Text("steps"));

        async Task<string> Text(string id) => await browser.Evaluate($"document.getElementById('{id}').textContent");
        async Task Click(string id) => await browser.Evaluate($"document.getElementById('{id}').click()");
    }
}

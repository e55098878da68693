using System.Diagnostics;
using System.Text;
using GeneratedNetworks.Build;

namespace GeneratedNetworks.Import.Tests.Build;

/// <summary>What a build makes of its model files, and what it leaves as it is.</summary>
public sealed class ModelFolderTests : IDisposable
{
    private static readonly DateTime Old = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("generatednetworks-");

    private string TextsFolder => PathOf("texts");

    public ModelFolderTests() => Directory.CreateDirectory(PathOf(""));

    public void Dispose() => _place.Delete(recursive: true);

    [Fact]
    public void ContentDecidesAndDatesDoNot()
    {
        ModelItem item = Write("net.safetensors", 1);
        Assert.True(Update(item));
        string first = Text(item);

        // Nothing changed, then the time alone: the text keeps its own.
        File.SetLastWriteTimeUtc(TextPath(item), Old);
        Assert.True(Update(item));
        File.SetLastWriteTimeUtc(item.Path, DateTime.UtcNow.AddDays(1));
        Assert.True(Update(item));
        Assert.Equal(Old, File.GetLastWriteTimeUtc(TextPath(item)));

        // Another content with an older time than the text's.
        Write("net.safetensors", 2);
        File.SetLastWriteTimeUtc(item.Path, Old.AddYears(-1));
        Assert.True(Update(item));
        Assert.NotEqual(first, Text(item));

        // The first content again, with the time that it had.
        Write("net.safetensors", 1);
        File.SetLastWriteTimeUtc(item.Path, Old.AddYears(-2));
        Assert.True(Update(item));
        Assert.Equal(first, Text(item));
    }

    /// <summary>In one line each, behind the line of the conversion, and only where the file was converted.</summary>
    [Fact]
    public void WhatPeopleShouldKnowOfAFileIsSaidInTheBuild()
    {
        ModelItem item = new(PathOf("tied.onnx"), "tied.onnx");
        File.Copy(ModelPath("tied.onnx"), item.Path);
        TextWriter console = Console.Out;
        StringWriter said = new();
        Console.SetOut(said);
        try
        {
            Update(item);
            Assert.Contains(
                "network model tied.onnx: ONNX, opset 13, by hand\nnote on network model tied.onnx: The file uses the weights 'w' in 2 layers, 'encode', 'decode'; here they are untied",
                said.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
            said.GetStringBuilder().Clear();
            Update(item);
            Assert.DoesNotContain("tied.onnx", said.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            Console.SetOut(console);
        }
    }

    [Fact]
    public void ATextThatSomebodyChangedIsMadeAgain()
    {
        ModelItem item = Write("net.safetensors", 1);
        Update(item);
        string text = Text(item);
        File.WriteAllText(TextPath(item), text[..40]);
        Update(item);
        Assert.Equal(text, Text(item));
        File.Delete(TextPath(item));
        Update(item);
        Assert.Equal(text, Text(item));
    }

    [Fact]
    public void DataBesideAModelCountAsTheModelDoes()
    {
        File.Copy(ModelPath("hand-external.onnx"), PathOf("hand-external.onnx"));
        File.Copy(ModelPath("hand-external.bin"), PathOf("hand-external.bin"));
        ModelItem item = new(PathOf("hand-external.onnx"), "hand-external.onnx");
        Update(item);
        string first = Text(item);
        Assert.Contains("\ntensor ", first, StringComparison.Ordinal);

        byte[] data = File.ReadAllBytes(PathOf("hand-external.bin"));
        byte[] other = [.. data];
        other[2] ^= 1;
        File.WriteAllBytes(PathOf("hand-external.bin"), other);
        File.SetLastWriteTimeUtc(PathOf("hand-external.bin"), Old);
        Update(item);
        Assert.NotEqual(first, Text(item));

        // Gone, the model cannot be used; back again, it can.
        File.Delete(PathOf("hand-external.bin"));
        Update(item);
        Assert.Contains("\nerror ", Text(item), StringComparison.Ordinal);
        File.WriteAllBytes(PathOf("hand-external.bin"), data);
        Update(item);
        Assert.Equal(first, Text(item));
    }

    /// <summary>A link alone suffices, without one for each of the files that hold the model's data.</summary>
    [Fact]
    public void DataAreFoundWhereALinkLeads()
    {
        Directory.CreateDirectory(PathOf("store"));
        File.Copy(ModelPath("hand-external.onnx"), PathOf("store/real.onnx"));
        File.Copy(ModelPath("hand-external.bin"), PathOf("store/hand-external.bin"));
        Assert.SkipUnless(TryLink(PathOf("link.onnx"), Path.Combine("store", "real.onnx")), "Links cannot be made here.");
        ModelItem item = new(PathOf("link.onnx"), "link.onnx");
        Update(item);
        string first = Text(item);
        Assert.Contains("\ntensor ", first, StringComparison.Ordinal);

        // Both places count: data that appear beside the link come first.
        byte[] other = File.ReadAllBytes(PathOf("store/hand-external.bin"));
        other[2] ^= 1;
        File.WriteAllBytes(PathOf("hand-external.bin"), other);
        Update(item);
        Assert.NotEqual(first, Text(item));
        File.Delete(PathOf("hand-external.bin"));
        Update(item);
        Assert.Equal(first, Text(item));
        File.WriteAllBytes(PathOf("store/hand-external.bin"), other);
        Update(item);
        Assert.NotEqual(first, Text(item));
    }

    [Fact]
    public void EqualNamesInTwoFoldersAndLinksAreModelsOfTheirOwn()
    {
        ModelItem[] items = [Write("a/net.safetensors", 1), Write("b/net.safetensors", 2), Write("../outside/net.safetensors", 3)];
        Assert.SkipUnless(TryLink(PathOf("c"), PathOf("a")) && TryLink(PathOf("link.safetensors"), PathOf("b/net.safetensors")), "Links cannot be made here.");
        items = [.. items, new(PathOf("c/net.safetensors"), "c/net.safetensors"), new(PathOf("link.safetensors"), "link.safetensors")];
        Assert.True(Update(items));
        string[] texts = [.. items.Select(Text)];
        Assert.Equal(5, texts.Distinct().Count());
        Assert.Equal(Elements(texts[0]), Elements(texts[3]));
        Assert.Equal(Elements(texts[1]), Elements(texts[4]));

        // What a link leads to decides, not the link.
        Write("b/net.safetensors", 9);
        Update(items);
        Assert.Equal(Elements(Text(items[1])), Elements(Text(items[4])));
        Assert.NotEqual(texts[4], Text(items[4]));
    }

    [Fact]
    public void TheTextIsTheSameWhereverTheProjectLies()
    {
        string[] names = ["net.safetensors", "missing.onnx", "folder.onnx", "hand-external.onnx", "bad.h5", "../outside/net.safetensors"];
        string[][] texts = [.. new[] { "first", "a/second, deeper" }.Select(project =>
        {
            Write($"{project}/net.safetensors", 1);
            Write($"{project}/../outside/net.safetensors", 1);
            Directory.CreateDirectory(PathOf($"{project}/folder.onnx"));
            File.Copy(ModelPath("hand-external.onnx"), PathOf($"{project}/hand-external.onnx"));
            File.WriteAllText(PathOf($"{project}/bad.h5"), "no such thing");
            ModelItem[] items = [.. names.Select(name => new ModelItem(Path.GetFullPath(PathOf($"{project}/{name}")), name))];
            string folder = PathOf($"{project}/obj");
            Assert.True(new ModelFolder(folder).Update(items));
            return items.Select(item => File.ReadAllText($"{folder}/{item.TextPath}.nnmodel")).ToArray();
        })];
        Assert.Equal(texts[0], texts[1]);
        Assert.All(texts.SelectMany(text => text), text => Assert.DoesNotContain(_place.Name, text, StringComparison.Ordinal));
    }

    /// <summary>A pipe or device that is opened may never end; the others are converted, whatever one holds.</summary>
    [Fact]
    public void OneBadModelStopsNoOther()
    {
        List<ModelItem> items =
        [
            new(PathOf("missing.onnx"), "missing.onnx"),
            Raw("empty.onnx", []),
            Raw("bad.keras", [1, 2, 3]),
            Raw("unknown.txt", [1]),
            Raw("nested.h5", GeneratedNetworks.Fuzz.Hdf.HdfGrowth.Nested(15_000)),
        ];
        if (OperatingSystem.IsLinux())
        {
            items.Add(new("/dev/zero", "zero.onnx"));
            Assert.True(TryLink(PathOf("zero.safetensors"), "/dev/zero"));
            items.Add(new(PathOf("zero.safetensors"), "zero.safetensors"));
            using (Process pipe = Process.Start("mkfifo", PathOf("pipe.onnx")))
                pipe.WaitForExit();
            items.Add(new(PathOf("pipe.onnx"), "pipe.onnx"));
            Assert.True(TryLink(PathOf("loop.onnx"), PathOf("loop.onnx")));
            items.Add(new(PathOf("loop.onnx"), "loop.onnx"));
            Assert.True(TryLink(PathOf("nowhere.onnx"), PathOf("nothing")));
            items.Add(new(PathOf("nowhere.onnx"), "nowhere.onnx"));
        }

        ModelItem good = Write("good.safetensors", 1);
        items.Add(good);
        Thread thread = new(() => Update([.. items])) { IsBackground = true };
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromMinutes(1)), "a model has not ended after a minute");
        Assert.DoesNotContain("\nerror ", Text(good), StringComparison.Ordinal);
        Assert.All(items[..^1], item => Assert.Contains($"\nerror \"{item.Name}: ", Text(item), StringComparison.Ordinal));
        Assert.Equal(items.Count, File.ReadAllLines(Path.Combine(TextsFolder, "texts.list")).Length);
    }

    [Theory]
    [InlineData("tab\there.safetensors")]
    [InlineData("line\nfeed.safetensors")]
    [InlineData("semicolon;comma, quote'.safetensors")]
    [InlineData("back`tick$(dollar)%41.safetensors")]
    [InlineData(" leading/tr. /net.safetensors")]
    public void AnyNameGetsATextOfAPlainName(string name)
    {
        Assert.SkipUnless(Path.DirectorySeparatorChar == '/', "Such names are not allowed here.");
        ModelItem item = Write(name, 1);
        Assert.Matches("^[a-z0-9_./ ]+$", item.TextPath);
        Assert.True(Update(item));
        string text = Text(item);
        Assert.Equal(ModelText.Signature, text.Split('\n')[0]);
        Assert.Equal($"source \"{name.Replace("\n", "\\n", StringComparison.Ordinal)}\"", text.Split('\n')[1]);

        // The list that MSBuild writes: one record ends where the next begins, whatever the names hold.
        File.WriteAllText(PathOf("list"), $"{item.Path}\u001F{name}\u001E\n{item.Path}\u001F\u001E\r\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        IReadOnlyList<ModelItem> read = ModelItem.Read(PathOf("list"), record => Assert.Fail(record));
        Assert.Equal([item.Path, item.Path], read.Select(found => found.Path));
        Assert.Equal(name, read[0].Name);
    }

    [Fact]
    public void OfTwoModelsOfOneNameTheFirstIsTaken()
    {
        ModelItem first = Write("a.safetensors", 1);
        ModelItem second = Write("b.safetensors", 2) with { Name = first.Name };
        Assert.False(Update(first, second));
        string text = Text(first);
        Update(first);
        Assert.Equal(text, Text(first));
    }

    [Theory]
    [InlineData("x.onnx", "x.onnx")]
    [InlineData("models/x.onnx", "models/x.onnx")]
    public void ALinkIsTheName(string link, string name)
    {
        string path = Path.GetFullPath(PathOf("x.onnx"));
        File.WriteAllText(PathOf("list"), $"{path}\u001F{link}\u001E\n{path}\u001E\n");
        List<string> bad = [];
        Assert.Equal([new ModelItem(path, name)], ModelItem.Read(PathOf("list"), bad.Add));
        Assert.Equal([path], bad);
    }

    private bool Update(params ModelItem[] items) => new ModelFolder(TextsFolder).Update(items);

    private string TextPath(ModelItem item) => $"{TextsFolder}/{item.TextPath}.nnmodel";

    private string Text(ModelItem item) => File.ReadAllText(TextPath(item));

    private static string Elements(string text) => string.Join('\n', text.Split('\n')[2..]);

    private string PathOf(string name) => Path.Combine(_place.FullName, "project", name);

    private static string ModelPath(string name) => Path.Combine(AppContext.BaseDirectory, "Models", "Onnx", name);

    private ModelItem Raw(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllBytes(PathOf(name), content);
        return new ModelItem(PathOf(name), name);
    }

    private ModelItem Write(string name, float number)
    {
        const string Header = """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""";
        return Raw(name, [.. BitConverter.GetBytes((long)Header.Length), .. Encoding.ASCII.GetBytes(Header), .. BitConverter.GetBytes(number)]);
    }

    private static bool TryLink(string path, string target)
    {
        try
        {
            File.CreateSymbolicLink(path, target);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

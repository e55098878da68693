using CsCheck;

namespace GeneratedNetworks.Runtime.Tests;

public class AtomicFileTests
{
    [Fact]
    public void A_write_that_breaks_off_anywhere_leaves_the_old_file_and_nothing_beside_it() =>
        Gen.Select(Gen.Int[0, 5000], Gen.Byte.Array[1, 5000]).Sample((at, content) =>
        {
            using TemporaryFolder folder = new();
            File.WriteAllText(folder["c"], "old");
            Assert.Throws<Broken>(() => AtomicFile.Write(folder["c"], stream =>
            {
                stream.Write(content, 0, Math.Min(at, content.Length));
                throw new Broken();
            }));
            Assert.Equal("old", File.ReadAllText(folder["c"]));
            Assert.Single(Directory.GetFiles(Path.GetDirectoryName(folder["c"])!));
            AtomicFile.Write(folder["c"], stream => stream.Write("new"u8));
            Assert.Equal("new", File.ReadAllText(folder["c"]));
        });

    [Fact]
    public void Files_that_others_left_stay_as_they_are()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["c.tmp"], "somebody's");
        AtomicFile.Write(folder["c"], stream => stream.Write("new"u8));
        Assert.Throws<Broken>(() => AtomicFile.Write(folder["c"], _ => throw new Broken()));
        Assert.Equal("somebody's", File.ReadAllText(folder["c.tmp"]));
        Assert.Equal(2, Directory.GetFiles(Path.GetDirectoryName(folder["c"])!).Length);
    }

    [Fact]
    public void Two_writers_at_once_do_not_meet()
    {
        using TemporaryFolder folder = new();
        AtomicFile.Write(folder["c"], outer =>
        {
            outer.Write("outer"u8);
            AtomicFile.Write(folder["c"], inner => inner.Write("inner"u8));
            Assert.Equal("inner", File.ReadAllText(folder["c"]));
            outer.Write(", the last"u8);
        });
        Assert.Equal("outer, the last", File.ReadAllText(folder["c"]));
    }

    [Fact]
    public void A_link_is_replaced_and_not_followed()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["elsewhere"], "untouched");
        Assert.SkipUnless(TryLink(folder["c"], folder["elsewhere"]), "Links cannot be made here.");
        Assert.True(TryLink(folder["c.tmp"], folder["elsewhere"]));
        AtomicFile.Write(folder["c"], stream => stream.Write("new"u8));
        Assert.Equal("untouched", File.ReadAllText(folder["elsewhere"]));
        Assert.Equal("new", File.ReadAllText(folder["c"]));
        Assert.Null(new FileInfo(folder["c"]).LinkTarget);
        Assert.NotNull(new FileInfo(folder["c.tmp"]).LinkTarget);
    }

    [Fact]
    public void Long_names_leave_room_for_the_temporary_ones_end()
    {
        using TemporaryFolder folder = new();
        string name = new('n', 250);
        AtomicFile.Write(folder[name], stream => stream.Write("new"u8));
        Assert.Equal([folder[name]], Directory.GetFiles(Path.GetDirectoryName(folder[name])!));
    }

    [Fact]
    public void A_folder_in_the_files_place_is_an_error_and_leaves_nothing()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["c"]);
        Exception error = Assert.ThrowsAny<Exception>(() => AtomicFile.Write(folder["c"], stream => stream.Write("new"u8)));
        Assert.True(error is IOException or UnauthorizedAccessException, error.ToString());
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(folder["c"])!));
    }

    internal static bool TryLink(string path, string target)
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

    private sealed class Broken : Exception;
}

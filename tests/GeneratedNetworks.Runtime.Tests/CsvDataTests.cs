using System.IO.Compression;
using System.Text;

namespace GeneratedNetworks.Runtime.Tests;

/// <summary>CSV files as people have them: names, gaps, labels, other separators, no targets, compression.</summary>
public class CsvDataTests
{
    private const string Irises = "sepal,petal,species\n5.1,1.4,setosa\n7.0,4.7,versicolor\n4.9,1.5,setosa\n6.3,6.0,virginica\n";

    [Fact]
    public void Columns_have_names()
    {
        Dataset<double> data = Read("id,age, height ,y\n7,30,180,1\n8,40,170,0", new CsvOptions { InputColumns = ["height", 1], TargetColumns = ["y"] });
        Assert.Equal([180.0, 30, 170, 40], data.Inputs.ToArray());
        Assert.Equal([1.0, 0], data.Targets.ToArray());
        Assert.Equal(["height", "age"], data.InputNames);
        Assert.Equal(["y"], data.TargetNames);
        Assert.Null(data.ClassNames);
        Assert.Equal(["height", "age"], data.Shuffle(1).Split(0.5, 1).First.MapInputs(x => x).InputNames);
    }

    [Fact]
    public void A_name_that_is_not_there_is_answered_with_those_that_are()
    {
        AssertError("there is no column 'Age'; the columns are 'age', 'y'.", 1, 1, "age,y\n1,2", new CsvOptions { InputColumns = ["Age"] });
        AssertError("a second column is called 'x': name it by its place, 0 or 1", 1, 2, "x,x,y\n1,2,3", new CsvOptions { InputColumns = ["x"] });
        AssertError("perhaps Separator = ';'.", 1, 1, "age;y\n1;2", new CsvOptions { TargetColumns = ["y"] });
        AssertError("perhaps Separator = '\\t'.", 1, 1, "age\ty\n1\t2", null);
        CsvOptions noNames = new() { HasHeader = false, TargetColumns = ["y"] };
        Assert.Contains("HasHeader is false", Assert.Throws<ArgumentException>(() => Read("1,2", noNames)).Message);
        CsvOptions twice = new() { InputColumns = ["y"], TargetColumns = [1] };
        Assert.Contains("Column 1 ('y') is both", Assert.Throws<ArgumentException>(() => Read("x,y\n1,2", twice)).Message);
    }

    [Theory]
    [InlineData(MissingValues.Mean, 4.0, 5.5)]
    [InlineData(MissingValues.Median, 2.0, 5.5)]
    [InlineData(MissingValues.Value, -1.0, -1.0)]
    public void Missing_inputs_are_filled(MissingValues missing, double a, double b)
    {
        CsvOptions options = new() { Missing = missing, MissingValue = -1 };
        Dataset<double> data = Read("a,b,y\n1,?,10\n2,5,20\n, NA ,30\n9,6,40\nnan,5.5,50", options);
        Assert.Equal([1, b, 2, 5, a, b, 9, 6, a, 5.5], data.Inputs.ToArray());
        Assert.Equal([10.0, 20, 30, 40, 50], data.Targets.ToArray());
        Assert.Equal((4, 0), (data.FilledValues, data.SkippedRows));
        Assert.Equal(0, data.Shuffle(0).FilledValues);
    }

    [Fact]
    public void The_median_of_an_even_number_is_half_way() =>
        Assert.Equal([4.0, 1, 7, 100, 5.5], Read("a,y\n4,0\n1,0\n7,0\n100,0\n,0", new CsvOptions { Missing = MissingValues.Median }).Inputs.ToArray());

    [Fact]
    public void Lines_with_gaps_are_left_out()
    {
        const string Text = "a,b,y\n1,2,3\n,5,6\n7,8,?\n9,10,11";
        Dataset<double> data = Read(Text, new CsvOptions { Missing = MissingValues.SkipRow });
        Assert.Equal([1.0, 2, 9, 10], data.Inputs.ToArray());
        Assert.Equal((0, 2), (data.FilledValues, data.SkippedRows));

        // A target is never made up: its line goes, or nothing does.
        data = Read(Text, new CsvOptions { Missing = MissingValues.Value, SkipMissingTargets = true });
        Assert.Equal([1.0, 2, 0, 5, 9, 10], data.Inputs.ToArray());
        Assert.Equal((1, 1), (data.FilledValues, data.SkippedRows));
        AssertError("column 'y': expected a finite number but found '?'; SkipMissingTargets = true", 4, 3, Text, new CsvOptions { Missing = MissingValues.Mean });

        // Only columns in use count.
        Assert.Equal(4, Read(Text, new CsvOptions { InputColumns = ["b"], TargetColumns = [] }).Count);
    }

    [Fact]
    public void Gaps_are_refused_unless_told_otherwise()
    {
        AssertError("column 'a': expected a finite number but found 'NA'; Missing = MissingValues.SkipRow, Mean, Median or Value", 3, 1, "a,y\n1,2\nNA,3", null);
        AssertError("column 'a' has no value at all, so no mean", 3, 1, "a,y\n,2\n?,3", new CsvOptions { Missing = MissingValues.Mean });
        AssertError("expected a finite number but found '?'.", 2, 1, "a,y\n?,2", new CsvOptions { Missing = MissingValues.Mean, MissingTexts = ["-9"] });
        Assert.Equal([8.0, 8], Read("a,y\n8,2\n-9,3", new CsvOptions { Missing = MissingValues.Mean, MissingTexts = ["-9"] }).Inputs.ToArray());
    }

    [Fact]
    public void A_second_file_is_filled_and_labelled_like_the_first()
    {
        CsvOptions options = new() { TextLabels = true, Missing = MissingValues.Mean };
        Dataset<double> train = Read("a,y\n1,red\n3,blue\n,red", options);
        Dataset<double> test = Read("a,y\n,red\n9,red", new CsvOptions { Missing = MissingValues.Mean, Like = train.Shuffle(3) });
        Assert.Equal([2.0, 9], test.Inputs.ToArray());
        Assert.Equal([0.0, 1, 0, 1], test.Targets.ToArray());
        Assert.Equal(["blue", "red"], test.ClassNames);

        // Without labels, and with one target for two classes.
        test = Read("a\n5\n?", new CsvOptions { TargetColumns = [], Missing = MissingValues.Mean, Like = train });
        Assert.Equal((0, 2.0), (test.TargetSize, test.Inputs[1]));

        // The first file's options may stay where there are no labels to read.
        foreach (CsvOptions kept in (CsvOptions[])[new() { TextLabels = true }, new() { ClassNames = ["red", "blue"] }, new() { ClassCount = 2, BinaryTarget = true }])
        {
            (kept.TargetColumns, kept.Missing, kept.Like) = ([], MissingValues.Mean, train);
            test = Read("a\n5\n?", kept);
            Assert.Equal((0, null), (test.TargetSize, test.ClassNames));
            Assert.Equal([5.0, 2], test.Inputs.ToArray());
        }

        Dataset<double> binary = Read("a,y\n1,red\n3,blue", new CsvOptions { TextLabels = true, BinaryTarget = true });
        Assert.Equal([1.0], Read("a,y\n4,red", new CsvOptions { Like = binary }).Targets.ToArray());
        ArgumentException none = Assert.Throws<ArgumentException>(() => Read("a,y\n,red", new CsvOptions { Missing = MissingValues.Median, Like = binary }));
        Assert.Contains("has none to fill in", none.Message);
        AssertError("label 'green' is none of the classes blue, red", 2, 2, "a,y\n1,green", new CsvOptions { Like = train });
        AssertError("the earlier dataset has 1 inputs but here are 2", 1, 1, "a,b,y\n1,2,red", new CsvOptions { Like = train });
    }

    [Fact]
    public void What_stands_in_for_a_missing_value_is_known_afterwards()
    {
        const string Text = "a,b,y\n1,10,1\n2,?,1\n6,40,1";
        Dataset<double> data = Read(Text, new CsvOptions { Missing = MissingValues.Mean });
        Assert.Equal([3.0, 25], data.Fills);
        Assert.Equal([2.0, 25], Read(Text, new CsvOptions { Missing = MissingValues.Median }).Fills);
        Assert.Equal([25.0, 3], Read(Text, new CsvOptions { InputColumns = ["b", "a"], Missing = MissingValues.Mean }).Fills);

        // The file's own numbers, however the samples are cut and scaled, and the first file's where there are two.
        Assert.Equal([3.0, 25], data.ScaleInputs(Scaling<double>.Standardize(data.Inputs, 2)).Split(0.5, seed: 1).Second.Fills);
        Assert.Equal([3.0, 25], data.WithInputsAsTargets().Fills);
        Assert.Equal([3.0, 25], Read("a,b,y\n9,9,1", new CsvOptions { Missing = MissingValues.Mean, Like = data }).Fills);

        Assert.Null(Read(Text, new CsvOptions { Missing = MissingValues.SkipRow }).Fills);
        Assert.Null(Read(Text, new CsvOptions { Missing = MissingValues.Value }).Fills);
        Assert.Null(new Dataset<double>(1, [1.0]).Fills);
    }

    [Fact]
    public void Labels_of_any_kind_become_classes_in_order()
    {
        Dataset<double> data = Read(Irises, new CsvOptions { TextLabels = true });
        Assert.Equal(["setosa", "versicolor", "virginica"], data.ClassNames);
        Assert.Equal([1.0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1], data.Targets.ToArray());
        Assert.Null(data.TargetNames);

        // The order does not hang on that of the lines, and numbers count as such.
        Assert.Equal(["b", "c", "d"], Read("x,y\n1,d\n1,b\n1,c\n1,b", new CsvOptions { TextLabels = true }).ClassNames);
        Assert.Equal(["-1", "2", "10"], Read("x,y\n1,10\n1,2\n1,-1", new CsvOptions { TextLabels = true }).ClassNames);
        data = Read(Irises, new CsvOptions { ClassNames = ["virginica", "versicolor", "setosa", "other"] });
        Assert.Equal([0.0, 0, 1, 0, 0, 1, 0, 0], data.Targets[..8].ToArray());
        Assert.Equal(4, data.TargetSize);
        AssertError("column 'species': label 'versicolor' is none of the classes setosa", 3, 3, Irises, new CsvOptions { ClassNames = ["setosa"] });
    }

    [Fact]
    public void Two_classes_can_be_one_target()
    {
        Dataset<double> data = Read("x,y\n1,yes\n2,no\n3,yes", new CsvOptions { TextLabels = true, BinaryTarget = true });
        Assert.Equal([1.0, 0, 1], data.Targets.ToArray());
        Assert.Equal(["no", "yes"], data.ClassNames);
        Assert.Equal([1.0, 0], Read("x,y\n1,1\n2,0", new CsvOptions { ClassCount = 2, BinaryTarget = true }).Targets.ToArray());
        AssertError("BinaryTarget is for 2 classes but there are 3", 5, 1, Irises, new CsvOptions { TextLabels = true, BinaryTarget = true });
        Assert.Throws<ArgumentException>(() => Read(Irises, new CsvOptions { BinaryTarget = true }));
    }

    [Fact]
    public void A_missing_label_is_refused_unless_it_is_the_name_of_a_class()
    {
        const string Text = "x,y\n1,NA\n2,EU";
        AssertError("the label is missing ('NA')", 2, 2, Text, new CsvOptions { TextLabels = true });
        Assert.Equal(1, Read(Text, new CsvOptions { TextLabels = true, SkipMissingTargets = true }).Count);
        Assert.Equal(["EU", "NA"], Read(Text, new CsvOptions { ClassNames = ["EU", "NA"], SkipMissingTargets = true }).ClassNames);
        Assert.Equal(2, Read(Text, new CsvOptions { ClassNames = ["EU", "NA"], SkipMissingTargets = true }).Count);
    }

    [Fact]
    public void Any_separator_and_decimal_commas()
    {
        CsvOptions german = new() { Separator = ';', DecimalSeparator = ',' };
        Assert.Equal([1.5, -2000.25], Read("a;b;y\n1,5;-2,00025e3;0", german).Inputs.ToArray());
        AssertError("expected a finite number but found '1.5'", 2, 1, "a;y\n1.5;0", german);
        AssertError("found '1,5'; perhaps DecimalSeparator = ','", 2, 1, "a;y\n1,5;0", new CsvOptions { Separator = ';' });
        Assert.Equal([1.0, 2, 4, 5], Read("  1   2 3\n4 5   6  \n", new CsvOptions { Separator = ' ', HasHeader = false }).Inputs.ToArray());
        Assert.Equal([1.0, 2], Read("a\tb\ty\n1\t2\t3", new CsvOptions { Separator = '\t' }).Inputs.ToArray());
        Assert.Equal([1.0, 2], Read("a|b|y\n1|2|3", new CsvOptions { Separator = '|' }).Inputs.ToArray());
        Assert.Throws<ArgumentException>(() => Read("a,y\n1,2", new CsvOptions { DecimalSeparator = ',' }));
        Assert.Throws<ArgumentException>(() => Read("a,y\n1,2", new CsvOptions { DecimalSeparator = ' ' }));
    }

    [Fact]
    public void Quoted_fields_may_go_on_on_the_next_line_and_lines_count_on()
    {
        const string Text = "note,x,y\n\"two\nlines, \"\"quoted\"\"\",1,2\nplain,3,oops";
        Assert.Equal([1.0, 3], Read(Text.Replace("oops", "4"), new CsvOptions { InputColumns = ["x"] }).Inputs.ToArray());
        AssertError("column 'y': expected a finite number but found 'oops'", 4, 3, Text, new CsvOptions { InputColumns = ["x"] });
    }

    [Fact]
    public void Without_targets_data_can_be_predicted_from_but_not_trained_on()
    {
        Dataset<double> data = Read("a,b\n1,2\n3,4", new CsvOptions { TargetColumns = [] });
        Assert.Equal([1.0, 2, 3, 4], data.Inputs.ToArray());
        Assert.Equal((2, 0, 0), (data.Count, data.TargetSize, data.Targets.Length));
        Assert.Equal("2 samples of 2 inputs", data.ToString());
        Assert.Equal(2, data.Shuffle(1).Split(0.5, 0.5, 1).First.Count * 2);
        Assert.Equal(data.Inputs.ToArray(), new Dataset<double>(2, data.Inputs).Inputs.ToArray());
        LinearNetwork<double> network = new(2, 2);
        Assert.Contains("no targets; WithInputsAsTargets()", Assert.Throws<ArgumentException>(() => network.RSquared(data)).Message);
        Assert.Equal(data.Inputs.ToArray(), data.WithInputsAsTargets().Targets.ToArray());
    }

    [Fact]
    public void Inputs_can_be_their_own_targets()
    {
        Dataset<double> data = Read("a,b\n1,\n3,4", new CsvOptions { InputsAsTargets = true, Missing = MissingValues.Value, MissingValue = 9 });
        Assert.Equal([1.0, 9, 3, 4], data.Inputs.ToArray());
        Assert.Equal(data.Inputs.ToArray(), data.Targets.ToArray());
        Assert.Equal(["a", "b"], data.TargetNames);
        Assert.Throws<ArgumentException>(() => Read("a\n1", new CsvOptions { InputsAsTargets = true, TargetColumns = [0] }));
    }

    [Fact]
    public void Compressed_files_are_read_as_they_are()
    {
        using TemporaryFolder folder = new();
        using (GZipStream zip = new(File.Create(folder["iris.csv.gz"]), CompressionLevel.Optimal))
            zip.Write(Encoding.UTF8.GetBytes(Irises));
        CsvOptions options = new() { TextLabels = true };
        Dataset<double> expected = Read(Irises, options);
        Assert.Equal(expected.Inputs.ToArray(), Dataset<double>.ReadCsv(folder["iris.csv.gz"], options).Inputs.ToArray());

        // One byte at a time, as a network may deliver, plain and compressed; the stream stays open.
        foreach (byte[] bytes in new[] { Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Irises)).ToArray(), File.ReadAllBytes(folder["iris.csv.gz"]) })
        {
            using TricklingStream stream = new(bytes);
            Dataset<double> data = Dataset<double>.ReadCsv(stream, options);
            Assert.Equal(expected.Targets.ToArray(), data.Targets.ToArray());
            Assert.Equal(["sepal", "petal"], data.InputNames);
            Assert.True(stream.CanRead);
        }

        Assert.Throws<CsvFormatException>(() => Dataset<double>.ReadCsv(new MemoryStream(), null));
        Assert.Throws<InvalidDataException>(() => Dataset<double>.ReadCsv(new MemoryStream([0x1F, 0x8B, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), null));
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused()
    {
        AssertRefused(new CsvOptions { TextLabels = true, ClassCount = 2 });
        AssertRefused(new CsvOptions { ClassNames = ["a", "a"] });
        AssertRefused(new CsvOptions { TextLabels = true, TargetColumns = [0, -1] });
        AssertRefused(new CsvOptions { TextLabels = true, InputsAsTargets = true });
        AssertRefused(new CsvOptions { ClassCount = 3, BinaryTarget = true });
        AssertRefused(new CsvOptions { Missing = (MissingValues)7 });
        AssertRefused(new CsvOptions { MissingValue = double.NaN });
        AssertRefused(new CsvOptions { MissingTexts = null! });
    }

    [Fact]
    public void A_column_is_a_name_or_a_place()
    {
        CsvColumn name = "age";
        CsvColumn place = -1;
        Assert.Equal(("age", 0, "'age'"), (name.Name, name.Index, name.ToString()));
        Assert.Equal((null, -1, "-1"), (place.Name, place.Index, place.ToString()));
        Assert.True(name == new CsvColumn("age") && name != place && name.GetHashCode() == new CsvColumn("age").GetHashCode());
        Assert.Throws<ArgumentNullException>(() => new CsvColumn(null!));
    }

    private static void AssertRefused(CsvOptions options) =>
        Assert.Equal("options", Assert.ThrowsAny<ArgumentException>(() => Read(Irises, options)).ParamName);

    private static void AssertError(string problem, int line, int column, string text, CsvOptions? options)
    {
        CsvFormatException error = Assert.Throws<CsvFormatException>(() => Read(text, options));
        Assert.Contains(problem, error.Message);
        Assert.Equal((line, column), (error.Line, error.Column));
    }

    private static Dataset<double> Read(string text, CsvOptions? options) => Dataset<double>.ReadCsv(new StringReader(text), options);

    private sealed class TricklingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1)]);
    }
}

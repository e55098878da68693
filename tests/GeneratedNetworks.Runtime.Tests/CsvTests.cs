using System.Globalization;

namespace GeneratedNetworks.Runtime.Tests;

public class CsvTests
{
    [Fact]
    public void Last_column_is_the_target_and_blank_lines_are_passed_over()
    {
        Dataset<double> data = Read("a,b,c\r\n1,2.5,3\n\n -4e2 , 5 ,6\n\n");
        Assert.Equal([1, 2.5, -400, 5], data.Inputs.ToArray());
        Assert.Equal([3.0, 6], data.Targets.ToArray());
    }

    [Fact]
    public void Columns_can_be_chosen_from_either_end()
    {
        CsvOptions options = new() { HasHeader = false, Separator = ';', TargetColumns = [0, -1], InputColumns = [2, 1] };
        Dataset<double> data = Read("1;2;3;4\n5;6;7;8", options);
        Assert.Equal([3.0, 2, 7, 6], data.Inputs.ToArray());
        Assert.Equal([1.0, 4, 5, 8], data.Targets.ToArray());
    }

    [Fact]
    public void Labels_become_one_hot()
    {
        Dataset<double> data = Read("x,label\n1,2\n2,0", new CsvOptions { ClassCount = 3 });
        Assert.Equal([0.0, 0, 1, 1, 0, 0], data.Targets.ToArray());
    }

    [Fact]
    public void Quoted_fields_may_hold_separators_and_quotes()
    {
        Dataset<double> data = Read("\"a \"\"x\"\", y\", \"b\" ,c\n\"1\",2,\"3\"");
        Assert.Equal([1.0, 2], data.Inputs.ToArray());
        Assert.Equal([3.0], data.Targets.ToArray());
    }

    [Fact]
    public void Floats_are_rounded_once()
    {
        // Just above half-way between two floats: through double it would come out one lower.
        const string Text = "1.00000017881393432617187499";
        Dataset<float> data = Dataset<float>.ReadCsv(new StringReader($"{Text},0"), new CsvOptions { HasHeader = false });
        Assert.Equal(float.Parse(Text, CultureInfo.InvariantCulture), data.Inputs[0]);
    }

    [Fact]
    public void Culture_does_not_matter()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal([1.5], Read("a,b\n1.5,2").Inputs.ToArray());
            Assert.Throws<CsvFormatException>(() => Read("a;b\n1,5;2", new CsvOptions { Separator = ';' }));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,x", 3, 2, "column 'b': expected a finite number but found 'x'")]
    [InlineData("a,b\n1,2\n\n3,", 4, 2, "expected a finite number but found ''")]
    [InlineData("a,b\nNaN,2", 2, 1, "column 'a': expected a finite number but found 'NaN'")]
    [InlineData("a,b\n1e999,2", 2, 1, "expected a finite number")]
    [InlineData("a,b\n1,2,3", 2, 3, "expected 2 columns as on the first line but found 3")]
    [InlineData("a,b\n1", 2, 2, "expected 2 columns as on the first line but found 1")]
    [InlineData("a,b\n\"1,2", 2, 1, "a quoted field is not closed")]
    [InlineData("a,b\n\"1\"5,2", 2, 1, "unexpected '5' after a closing quote")]
    [InlineData("", 1, 1, "there is no line to read")]
    [InlineData("\n\n", 2, 1, "there is no line to read")]
    [InlineData("a;b\n1;2", 1, 1, "is the separator right?")]
    [InlineData("\n1, -2.5 ,3\n4,5,6", 2, 1, "the first line holds numbers only: set HasHeader = false if the line is a sample, or NumericNames = true if it holds column names.")]
    public void Errors_name_the_place(string text, int line, int column, string problem)
    {
        CsvFormatException error = Assert.Throws<CsvFormatException>(() => Read(text));
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.StartsWith($"CSV({line},{column}): ", error.Message);
        Assert.Contains(problem, error.Message);
    }

    [Theory]
    [InlineData("3", "class label 3 is not in [0, 3)")]
    [InlineData("-1", "class label -1 is not in [0, 3)")]
    [InlineData("1.0", "expected an integer class label but found '1.0'")]
    [InlineData("cat", "expected an integer class label but found 'cat'")]
    public void Bad_labels_are_named(string label, string problem)
    {
        CsvFormatException error = Assert.Throws<CsvFormatException>(() => Read($"x,label\n1,{label}", new CsvOptions { ClassCount = 3 }));
        Assert.Equal((2, 2), (error.Line, error.Column));
        Assert.Contains(problem, error.Message);
    }

    [Fact]
    public void The_file_is_named()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["iris.csv"], "a,b\n1,oops");
        CsvFormatException error = Assert.Throws<CsvFormatException>(() => Dataset<float>.ReadCsv(folder["iris.csv"]));
        Assert.Equal(folder["iris.csv"], error.File);
        Assert.StartsWith(folder["iris.csv"] + "(2,2): ", error.Message);
        Assert.Throws<FileNotFoundException>(() => Dataset<float>.ReadCsv(folder["none.csv"]));
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        AssertMissing(3, new CsvOptions { TargetColumns = [2] });
        AssertMissing(1, new CsvOptions { TargetColumns = [-3] });
        AssertMissing(6, new CsvOptions { InputColumns = [0, 5] });
        AssertTwice("Column 1 ('b') is a target twice", new CsvOptions { TargetColumns = [1, -1] });
        AssertTwice("Column 0 ('a') is an input twice", new CsvOptions { InputColumns = [0, -2] });
        AssertTwice("Column 1 ('b') is both an input and a target", new CsvOptions { InputColumns = [0, 1] });
        Assert.Throws<ArgumentException>(() => Read("a,b,c\n1,2,3", new CsvOptions { TargetColumns = [0, 1], ClassCount = 2 }));
        Assert.Throws<ArgumentException>(() => Read("a,b\n1,2", new CsvOptions { Separator = '"' }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Read("a,b\n1,2", new CsvOptions { ClassCount = -1 }));
    }

    private static void AssertMissing(int column, CsvOptions options)
    {
        CsvFormatException error = Assert.Throws<CsvFormatException>(() => Read("a,b\n1,2", options));
        Assert.Equal((1, column), (error.Line, error.Column));
        Assert.Contains("was asked for, counted from 0, but there are 2", error.Message);
    }

    private static void AssertTwice(string problem, CsvOptions options)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Read("a,b\n1,2", options));
        Assert.Equal("options", error.ParamName);
        Assert.Contains(problem, error.Message);
    }

    private static Dataset<double> Read(string text, CsvOptions? options = null) => Dataset<double>.ReadCsv(new StringReader(text), options);
}

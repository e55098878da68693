namespace GeneratedNetworks.Runtime.Tests;

/// <summary>A sample in the place of the column names is noticed, and names that are numbers are names where they can be told from a sample.</summary>
public sealed class CsvHeaderTests
{
    private static readonly CsvOptions Texts = new() { TextLabels = true };

    [Theory]
    [InlineData("5.1,3.5,1.4,0.2,setosa\n7,3.2,4.7,1.4,versicolor", "the names of the input columns are numbers ('5.1', '3.5', '1.4', …): ")]
    [InlineData("5.1,NA,setosa\n7,3.2,versicolor", "the names of the input columns are numbers ('5.1', 'NA'): ")]
    [InlineData("0,1,yes\n1,1,no", "the names of the input columns are numbers ('0', '1'): ")]
    [InlineData("1,yes\n2,no", "the names of the input columns are numbers ('1'): ")]
    [InlineData("0,1,3,yes\n1,1,2,no", "the names of the input columns are numbers ('0', '1', '3'): ")]
    [InlineData("2,3,4,yes\n1,1,2,no", "the names of the input columns are numbers ('2', '3', '4'): ")]
    [InlineData("0,1,2,yes\n1,1,2,no\n2,2,2,yes", "that of the target column, 'yes', is a label further down: ")]
    public void A_sample_in_place_of_the_names_is_refused(string text, string problem)
    {
        CsvFormatException error = Refused(text, Texts);
        Assert.Equal((1, 1), (error.Line, error.Column));
        Assert.Contains(problem, error.Message);
        Assert.EndsWith(": set HasHeader = false if the line is a sample, or NumericNames = true if it holds column names.", error.Message);
        int lines = text.Split('\n').Length;
        CsvOptions samples = new() { TextLabels = true, HasHeader = false, Missing = MissingValues.Value };
        Assert.Equal(lines, Dataset<double>.ReadCsv(new StringReader(text), samples).Count);
        CsvOptions names = new() { TextLabels = true, NumericNames = true };
        Assert.Equal(lines - 1, Dataset<double>.ReadCsv(new StringReader(text), names).Count);
    }

    [Theory]
    [InlineData("0,1,2,label\n5,6,7,a")]
    [InlineData("1,2,3,4,label\n5,6,7,8,a")]
    [InlineData(",0,1,2,label\n0,5,6,7,a")]
    [InlineData("1990,rate,species\n5,6,a")]
    [InlineData("NA,?,species\n5,6,a")]
    public void Names_that_count_or_are_words_in_part_are_names(string text)
    {
        Dataset<double> data = Dataset<double>.ReadCsv(new StringReader(text), Texts);
        Assert.Equal(1, data.Count);
        Assert.Equal(["a"], data.ClassNames!);
    }

    /// <summary>Where the target is a number, a word in its place is a name, and so the line holds names.</summary>
    [Theory]
    [InlineData("1990,2000,price\n5,6,7")]
    [InlineData("0,0,label\n5,6,1")]
    public void A_target_that_is_no_target_is_a_name(string text)
    {
        Assert.Equal(1, Dataset<double>.ReadCsv(new StringReader(text), new CsvOptions()).Count);
        Assert.Equal(1, Dataset<double>.ReadCsv(new StringReader(text), new CsvOptions { ClassCount = 9 }).Count);
        CsvOptions known = new() { ClassNames = ["1", "7"] };
        Assert.Equal(1, Dataset<double>.ReadCsv(new StringReader(text), known).Count);
    }

    [Fact]
    public void Known_classes_tell_a_label_from_a_name()
    {
        CsvOptions known = new() { ClassNames = ["no", "yes"] };
        Assert.Contains("('5.1', '3')", Refused("5.1,3,yes\n1,2,no", known).Message);
    }

    [Fact]
    public void Columns_asked_for_by_name_are_names()
    {
        const string Years = "1990,2000,2010\n1,2,3";
        Assert.Contains("the first line holds numbers only", Refused(Years, new CsvOptions()).Message);
        Assert.Equal(["1990", "2000"], Dataset<double>.ReadCsv(new StringReader(Years), new CsvOptions { TargetColumns = ["2010"] }).InputNames!);
        Assert.Equal(["2000"], Dataset<double>.ReadCsv(new StringReader(Years), new CsvOptions { InputColumns = ["2000"] }).InputNames!);
        Assert.Contains("the first line holds numbers only", Refused(Years, new CsvOptions { TargetColumns = ["price"] }).Message);
        CsvOptions byName = new() { TextLabels = true, InputColumns = ["1990"], TargetColumns = [1] };
        Assert.Equal(["a"], Dataset<double>.ReadCsv(new StringReader("1990,kind\n1,a"), byName).ClassNames!);
    }

    [Fact]
    public void Columns_without_a_use_are_not_looked_at()
    {
        CsvOptions options = new() { InputColumns = [1, 2], TargetColumns = [3] };
        Assert.Contains("('5.1', '3.5')", Refused("flower 1,5.1,3.5,1\nflower 2,7,3.2,2", options).Message);
        Assert.Equal(1, Dataset<double>.ReadCsv(new StringReader("name,length,width,price\nflower 2,7,3.2,2"), options).Count);
        Assert.Contains("('5.1', '3.5')", Refused("5.1,3.5,flower\n7,3.2,flower", new CsvOptions { InputColumns = [0, 1], TargetColumns = [] }).Message);
    }

    [Fact]
    public void Numbers_alone_may_be_names_where_it_is_said()
    {
        Dataset<double> data = Dataset<double>.ReadCsv(new StringReader("0,1,2\n5,6,7"), new CsvOptions { NumericNames = true });
        Assert.Equal(1, data.Count);
        Assert.Equal(["0", "1"], data.InputNames!);
    }

    private static CsvFormatException Refused(string text, CsvOptions options) =>
        Assert.Throws<CsvFormatException>(() => Dataset<double>.ReadCsv(new StringReader(text), options));
}

namespace GeneratedNetworks.Runtime.Tests;

/// <summary>What an error of a CSV file says to do, and that doing it to the letter reads the file.</summary>
public sealed class CsvAdviceTests
{
    [Fact]
    public void Labels_from_1_become_classes_as_texts()
    {
        const string Text = "x,label\n1,1\n2,2\n3,3";
        AssertFault(
            Text, new CsvOptions { ClassCount = 3 },
            "class label 3 is not in [0, 3); the labels seem to start at 1: put TextLabels = true in place of ClassCount = 3 (label 1 is then output 0), "
                + "or take 1 from each label in the file.");
        Dataset<double> data = Read(Text, new CsvOptions { TextLabels = true });
        Assert.Equal(["1", "2", "3"], data.ClassNames!);
        Assert.Equal([1.0, 0, 0, 0, 1, 0, 0, 0, 1], data.Targets.ToArray());
        Assert.Equal(data.Targets.ToArray(), Read("x,label\n1,0\n2,1\n3,2", new CsvOptions { ClassCount = 3 }).Targets.ToArray());
    }

    [Fact]
    public void Of_two_classes_from_1_the_first_is_the_target_0()
    {
        const string Text = "x,label\n1,1\n2,2";
        AssertFault(
            Text, new CsvOptions { ClassCount = 2, BinaryTarget = true },
            "class label 2 is not in [0, 2); the labels seem to start at 1: put TextLabels = true in place of ClassCount = 2 (label 1 is then the target 0), "
                + "or take 1 from each label in the file.");
        Assert.Equal([0.0, 1], Read(Text, new CsvOptions { TextLabels = true, BinaryTarget = true }).Targets.ToArray());
    }

    [Theory]
    [InlineData("x,label\n1,0\n2,2\n3,3", 3, false, "class label 3 is not in [0, 3): set ClassCount to more than the highest label, or put TextLabels = true in place of ClassCount = 3;", 3)]
    [InlineData("x,label\n1,1\n2,7", 3, false, "class label 7 is not in [0, 3): set ClassCount to more than the highest label, or put TextLabels = true in place of ClassCount = 3;", 2)]
    [InlineData("x,label\n1,-1\n2,1", 2, false, "class label -1 is not in [0, 2): put TextLabels = true in place of ClassCount = 2;", 2)]
    [InlineData("x,label\n1,0\n2,9", 2, true, "class label 9 is not in [0, 2): put TextLabels = true in place of ClassCount = 2;", 2)]
    public void Other_integers_become_classes_as_texts(string text, int classCount, bool isBinary, string fault, int classes)
    {
        AssertFault(text, new CsvOptions { ClassCount = classCount, BinaryTarget = isBinary }, fault + " each different label becomes a class then.");
        Assert.Equal(classes, Read(text, new CsvOptions { TextLabels = true, BinaryTarget = isBinary }).ClassNames!.Count);
        if (fault.Contains("set ClassCount"))
            Assert.Equal(10, Read(text, new CsvOptions { ClassCount = 10 }).TargetSize);
    }

    [Fact]
    public void Labels_in_words_become_classes()
    {
        const string Text = "length,width,species\n5.1,3.5,setosa\n7.0,3.2,versicolor\n";
        AssertFault(
            Text, new CsvOptions { ClassCount = 3 },
            "column 'species': expected an integer class label but found 'setosa': set TextLabels = true in place of ClassCount = 3; each different text becomes a class.");
        Assert.Equal(["setosa", "versicolor"], Read(Text, new CsvOptions { TextLabels = true }).ClassNames!);

        // The two together are refused.
        Assert.Throws<ArgumentException>(() => Read(Text, new CsvOptions { TextLabels = true, ClassCount = 3 }));
    }

    [Fact]
    public void A_target_in_words_is_read_as_a_class()
    {
        const string Text = "length,species\n5.1,setosa";
        AssertFault(Text, new CsvOptions(), "column 'species': expected a finite number but found 'setosa'; TextLabels = true reads classes.");
        Assert.Equal(["setosa"], Read(Text, new CsvOptions { TextLabels = true }).ClassNames!);

        // One of several targets cannot be a class.
        AssertFault(Text, new CsvOptions { TargetColumns = [0, 1], InputColumns = [] }, "no column is left for the inputs");
        AssertFault("a,b,c\n1,2,x", new CsvOptions { TargetColumns = ["b", "c"] }, "column 'c': expected a finite number but found 'x'.");
    }

    [Fact]
    public void A_label_that_is_missing_is_no_class_in_words()
    {
        const string Text = "x,label\n1,\n2,1";
        AssertFault(Text, new CsvOptions { ClassCount = 2 }, "the label is missing (''); SkipMissingTargets = true leaves such a line out.");
        Assert.Equal([0.0, 1], Read(Text, new CsvOptions { ClassCount = 2, SkipMissingTargets = true }).Targets.ToArray());
    }

    [Fact]
    public void An_input_in_words_is_left_out_or_written_in_numbers()
    {
        const string Text = "color,length,price\nred,5.1,3.5\nblue,7.0,3.2\n";
        AssertFault(
            Text, new CsvOptions(),
            "column 'color': expected a finite number but found 'red'. InputColumns = [\"length\"] leaves it out; to use 'color' as an input, write it in the file as "
                + "numbers, such as a column of 0 and 1 for each of its values.");
        Assert.Equal([5.1, 7], Read(Text, new CsvOptions { InputColumns = ["length"] }).Inputs.ToArray());
        Assert.Equal([1.0, 0, 5.1, 0, 1, 7], Read("red,blue,length,price\n1,0,5.1,3.5\n0,1,7.0,3.2\n", new CsvOptions()).Inputs.ToArray());
    }

    [Theory]
    [InlineData("a,color,b,y\n1,red,2,3", true, "InputColumns = [\"a\", \"b\"] leaves it out; to use 'color' as an input")]
    [InlineData("a,color,b,y\n?,red,2,3", true, "InputColumns = [\"a\", \"b\"] leaves it out; to use 'color' as an input")]
    [InlineData("color,form,b,y\nred,round,2,3", true, "InputColumns = [\"b\"] leaves all that is text out; to use 'color' as an input")]
    [InlineData("1,red,2,3", false, "InputColumns = [0, 2] leaves it out; to use column 1 as an input")]
    [InlineData("a,a,color,y\n1,2,red,3", true, "InputColumns = [0, 1] leaves it out; to use 'color' as an input")]
    [InlineData("\"the \"\"a\"\"\",color,,y\n1,red,2,3", true, "InputColumns = [0, 2] leaves it out; to use 'color' as an input")]
    [InlineData("a,b,c,d,e,f,g,h,i,color,y\n1,2,3,4,5,6,7,8,9,red,0", true, "InputColumns, with the columns to be read, leaves it out; to use 'color' as an input")]
    public void The_columns_that_are_left_are_named(string text, bool hasHeader, string advice)
    {
        CsvOptions options = new() { HasHeader = hasHeader, Missing = MissingValues.Value };
        AssertFault(text, options, $"'red'. {advice}, write it in the file as numbers, ");
    }

    [Fact]
    public void Where_no_column_is_left_only_numbers_help() =>
        AssertFault("color,price\nred,3", new CsvOptions(), "expected a finite number but found 'red': to use 'color' as an input, write it in the file as numbers, ");

    private static void AssertFault(string text, CsvOptions options, string fault) =>
        Assert.Contains(fault, Assert.Throws<CsvFormatException>(() => Read(text, options)).Message);

    private static Dataset<double> Read(string text, CsvOptions options) => Dataset<double>.ReadCsv(new StringReader(text), options);
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace GeneratedNetworks;

/// <summary>Reads samples from CSV text, record by record.</summary>
internal sealed class CsvReader<T>
    where T : struct
{
    private static readonly T NotANumber = Real<T>.FromDouble(double.NaN);

    private readonly CsvOptions _options;
    private readonly string _file;
    private readonly CsvLines _lines;
    private readonly CsvHeader _header;
    private readonly CsvLayout _layout;
    private readonly CsvLabels? _labels;
    private readonly bool _binary;
    private readonly HashSet<string> _missingTexts;
    private readonly List<T> _inputs = [];
    private readonly List<T> _targets = [];
    private readonly List<int> _classes = [];
    private readonly int _headerLine;
    private int _count;
    private int _skipped;
    private int _filled;

    private CsvReader(TextReader reader, CsvOptions options, string file)
    {
        _options = options;
        _file = file;
        _missingTexts = new HashSet<string>(options.MissingTexts, StringComparer.OrdinalIgnoreCase);
        _lines = new CsvLines(reader, options.Separator, file);
        if (!_lines.Next())
            throw new CsvFormatException(file, Math.Max(1, _lines.Line), 1, "there is no line to read.");
        _headerLine = _lines.Line;
        _header = new CsvHeader(options, _lines.Fields.ToArray(), field => TryParse(field, out _));
        RequireNames(_header.Fault);
        _layout = new CsvLayout(options, _lines, file);

        // A file without targets has no labels to read, even where the options of the training data are used once more.
        bool hasTargets = _layout.Targets.Length > 0;
        bool likeClasses = options.Like?.ClassNames is not null && options.ClassCount == 0 && hasTargets;
        bool hasLabels = hasTargets && (likeClasses || options.TextLabels || options.ClassNames is not null);
        _labels = hasLabels ? new CsvLabels(options.ClassNames ?? options.Like?.ClassNames) : null;
        _binary = options.BinaryTarget || (likeClasses && options.Like!.TargetSize == 1);
        if (HasClasses && _layout.Targets.Length != 1)
        {
            string problem = $"Class labels come from one target column, not {_layout.Targets.Length}: name that one in TargetColumns, or leave out TextLabels, ClassNames and ClassCount where targets are numbers.";
            throw new ArgumentException(problem, nameof(options));
        }

        RequireNames(_header.FaultOf(_layout, _labels, _missingTexts));
        if (options.Like is { } like && like.InputSize != _layout.Inputs.Length)
            throw Fault($"the earlier dataset has {like.InputSize} inputs but here are {_layout.Inputs.Length}.");
        if (IsAverage && options.Like is { Names.Fills: null })
            throw new ArgumentException("The dataset in Like was read without Missing = MissingValues.Mean or Median, so it has none to fill in.", nameof(options));
    }

    private bool IsAverage => _options.Missing is MissingValues.Mean or MissingValues.Median;

    private bool HasClasses => _labels is not null || (_options.ClassCount > 0 && _layout.Targets.Length > 0);

    public static Dataset<T> Read(TextReader reader, CsvOptions options, string file)
    {
        Real<T>.Require();
        Check(options);
        return new CsvReader<T>(reader, options, file).Read();
    }

    private static void Check(CsvOptions options)
    {
        if (options.ClassCount < 0)
            throw new ArgumentOutOfRangeException(nameof(options), options.ClassCount, FormattableString.Invariant($"ClassCount is {options.ClassCount}; it cannot be negative."));
        if (options.Separator is '"' or '\r' or '\n')
            throw new ArgumentException("A quote or a line break cannot separate fields.", nameof(options));
        if (options.DecimalSeparator is not ('.' or ','))
            throw new ArgumentException($"DecimalSeparator is '{options.DecimalSeparator}'; it can be a point or a comma.", nameof(options));
        if (options.DecimalSeparator == options.Separator)
            throw new ArgumentException($"'{options.Separator}' cannot be Separator and DecimalSeparator at once.", nameof(options));
        if (options.Missing is < MissingValues.Refuse or > MissingValues.Value)
            throw new ArgumentOutOfRangeException(nameof(options), options.Missing, "Missing is none of the values of MissingValues.");
        if (double.IsNaN(options.MissingValue) || double.IsInfinity(options.MissingValue))
            throw new ArgumentOutOfRangeException(nameof(options), options.MissingValue, "MissingValue must be finite.");
        if (options.MissingTexts is null)
            throw new ArgumentException("MissingTexts is null; an empty list means that no text stands for a missing value.", nameof(options));
        bool text = options.TextLabels || options.ClassNames is not null;
        if (text && options.ClassCount > 0)
            throw new ArgumentException("ClassCount is for integer labels; leave it out with TextLabels or ClassNames.", nameof(options));
        if (options.InputsAsTargets && (text || options.ClassCount > 0 || options.TargetColumns is not null))
            throw new ArgumentException("With InputsAsTargets there are neither target columns nor classes.", nameof(options));
        if (options.BinaryTarget && !text && options.ClassCount == 0 && options.Like?.ClassNames is null)
            throw new ArgumentException("BinaryTarget is for classes: set TextLabels, ClassNames or ClassCount = 2.", nameof(options));
        if (options.BinaryTarget && options.ClassCount is not (0 or 2))
            throw new ArgumentException($"BinaryTarget is for 2 classes, not {options.ClassCount}.", nameof(options));
    }

    private Dataset<T> Read()
    {
        if (!_options.HasHeader)
            ReadSample();
        while (_lines.Next())
            ReadSample();

        if (_labels is not null)
            RequireNames(_header.FaultOf(_layout, _labels.Names, _missingTexts));
        IReadOnlyList<double>? fills = Fill();
        string[]? targetNames = HasClasses ? null : _layout.NamesOf(_layout.Targets);
        int targetSize = HasClasses ? WriteClasses() : _layout.Targets.Length;
        DatasetNames names = new()
        {
            Inputs = _layout.NamesOf(_layout.Inputs),
            Targets = targetNames,
            Classes = _labels?.Names,
            Fills = fills,
        };
        Dataset<T> data = new(_count, _layout.Inputs.Length, targetSize, _inputs.ToArray(), _targets.ToArray(), names)
        {
            SkippedRows = _skipped,
            FilledValues = _filled,
        };
        return _options.InputsAsTargets ? data.WithInputsAsTargets() : data;
    }

    private void ReadSample()
    {
        List<string> fields = _lines.Fields;
        if (fields.Count != _layout.ColumnCount)
        {
            // At the first column that is missing, or the first that is too much.
            int column = Math.Min(fields.Count, _layout.ColumnCount) + 1;
            string problem = $"expected {_layout.ColumnCount} columns as on the first line but found {fields.Count}.";
            throw new CsvFormatException(_file, _lines.Line, column, problem);
        }

        if (IsSkipped())
        {
            _skipped++;
            return;
        }

        foreach (int column in _layout.Inputs)
            _inputs.Add(IsMissing(column) ? ReadMissing(column) : ReadNumber(column));
        if (HasClasses)
        {
            _classes.Add(_labels is null ? ReadInteger(_layout.Targets[0]) : ReadLabel(_layout.Targets[0], _labels));
        }
        else
        {
            foreach (int column in _layout.Targets)
                _targets.Add(ReadNumber(column));
        }

        _count++;
    }

    private bool IsSkipped() =>
        (_options.Missing == MissingValues.SkipRow && Array.Exists(_layout.Inputs, IsMissing))
        || ((_options.Missing == MissingValues.SkipRow || _options.SkipMissingTargets) && Array.Exists(_layout.Targets, IsMissingTarget));

    private bool IsMissing(int column) => _missingTexts.Contains(_lines.Fields[column].Trim());

    private bool IsMissingTarget(int column) => IsMissing(column) && _labels?.Knows(_lines.Fields[column].Trim()) != true;

    private T ReadMissing(int column)
    {
        if (_options.Missing == MissingValues.Refuse)
            throw NotANumberError(column, "; Missing = MissingValues.SkipRow, Mean, Median or Value reads on");
        _filled++;
        return _options.Missing == MissingValues.Value ? Real<T>.FromDouble(_options.MissingValue) : NotANumber;
    }

    private T ReadNumber(int column) => TryParse(_lines.Fields[column], out T value)
        ? value
        : throw NotANumberError(column, IsMissing(column) ? "; SkipMissingTargets = true leaves such a line out" : "");

    private bool TryParse(string text, out T value)
    {
        if (_options.DecimalSeparator == '.')
            return Real<T>.TryParse(text.AsSpan().Trim(), out value);

        // A point would be one that separates thousands, or a number of another culture.
        value = default;
        return text.IndexOf('.') < 0 && Real<T>.TryParse(text.Replace(',', '.').AsSpan().Trim(), out value);
    }

    private int ReadInteger(int column)
    {
        string text = _lines.Fields[column];
        RequireLabel(column);
        if (!int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int label))
            throw Error(column, $"expected an integer class label but found {CsvLines.Show(text)}{CsvAdvice.OfText(_options)}.");
        if (label < 0 || label >= _options.ClassCount)
            throw Error(column, $"class label {label} is not in [0, {_options.ClassCount}){CsvAdvice.OfNumber(label, _options, _classes)}.");
        return label;
    }

    private int ReadLabel(int column, CsvLabels labels)
    {
        string text = _lines.Fields[column].Trim();
        RequireLabel(column);
        if (labels.TryGet(text, out int number))
            return number;
        string known = string.Join(", ", labels.Names);
        throw Error(column, $"label {CsvLines.Show(text)} is none of the classes {known}.");
    }

    private void RequireLabel(int column)
    {
        if (IsMissingTarget(column))
            throw Error(column, $"the label is missing ({CsvLines.Show(_lines.Fields[column].Trim())}); SkipMissingTargets = true leaves such a line out.");
    }

    /// <summary>Fills what is missing with its column's mean or median, or that of the dataset that came before.</summary>
    private IReadOnlyList<double>? Fill()
    {
        if (!IsAverage)
            return _options.Like?.Names.Fills;
        int size = _layout.Inputs.Length;
        IReadOnlyList<double> fills = _options.Like?.Names.Fills ?? Array.AsReadOnly(CsvFills.Compute(_inputs, size, _options.Missing));
        for (int i = 0; i < _inputs.Count; i++)
        {
            if (!double.IsNaN(Real<T>.ToDouble(_inputs[i])))
                continue;
            int column = _layout.Inputs[i % size];
            if (double.IsNaN(fills[i % size]))
                throw Fault($"{Name(column)} has no value at all, so no {(_options.Missing == MissingValues.Mean ? "mean" : "median")}.");
            _inputs[i] = Real<T>.FromDouble(fills[i % size]);
        }

        return fills;
    }

    /// <summary>Turns the class numbers into targets and returns their size.</summary>
    private int WriteClasses()
    {
        int[]? places = _labels?.Sort();
        int count = _labels?.Names.Count ?? _options.ClassCount;
        if (_binary && count != 2)
            throw Fault($"BinaryTarget is for 2 classes but there are {count}: {string.Join(", ", _labels!.Names)}.");
        if (count == 0)
            throw Fault("there is no sample, hence no class.");
        foreach (int number in _classes)
        {
            int place = places is null ? number : places[number];
            if (_binary)
            {
                _targets.Add(Real<T>.FromDouble(place));
                continue;
            }

            for (int i = 0; i < count; i++)
                _targets.Add(Real<T>.FromDouble(i == place ? 1 : 0));
        }

        return _binary ? 1 : count;
    }

    /// <summary>A first sample taken for column names would be lost without a word.</summary>
    private void RequireNames(string? fault)
    {
        if (fault is not null)
            throw new CsvFormatException(_file, _headerLine, 1, fault);
    }

    private CsvFormatException NotANumberError(int column, string advice)
    {
        string text = _lines.Fields[column];
        if (advice.Length == 0 && _options.DecimalSeparator == '.' && Real<T>.TryParse(text.Replace(',', '.').AsSpan().Trim(), out _))
            advice = "; perhaps DecimalSeparator = ','";
        else if (advice.Length == 0 && text.Any(char.IsLetter))
            advice = Array.IndexOf(_layout.Inputs, column) < 0 ? CsvAdvice.OfTarget(_layout) : CsvAdvice.OfInput(column, Name(column), _layout, IsReadable);
        return Error(column, $"expected a finite number but found {CsvLines.Show(text)}{advice}.");
    }

    private bool IsReadable(int column) => IsMissing(column) || TryParse(_lines.Fields[column], out _);

    private CsvFormatException Error(int column, string problem) =>
        new(_file, _lines.Line, column + 1, _layout.Names is null ? problem : $"{Name(column)}: {problem}");

    private CsvFormatException Fault(string problem) => new(_file, _lines.Line, 1, problem);

    private string Name(int column) => _layout.Names is null ? $"column {column}" : $"column {CsvLines.Show(_layout.Names[column])}";
}

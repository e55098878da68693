using System;
using System.IO;
using System.IO.Compression;

namespace GeneratedNetworks;

/// <content>Reading files.</content>
public sealed partial class Dataset<T>
{
    /// <summary>
    /// Reads a CSV file: one sample a line, numbers in the invariant culture, fields optionally in double quotes. A file compressed with gzip is
    /// recognized by its first bytes.
    /// </summary>
    /// <param name="path">The file, UTF-8.</param>
    /// <param name="options">Which columns are what; <see langword="null"/> for the defaults.</param>
    /// <exception cref="CsvFormatException">The text is not what the options say; names the file, the line and the column.</exception>
    /// <exception cref="ArgumentException">The options contradict themselves, such as by a column that is used twice.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file begins like one of gzip but is damaged.</exception>
    public static Dataset<T> ReadCsv(string path, CsvOptions? options = null)
    {
        using FileStream stream = File.OpenRead(path);
        return ReadCsv(stream, options, path);
    }

    /// <summary>Reads CSV text from a stream, such as a download or a resource; gzip is recognized by its first bytes.</summary>
    /// <param name="stream">The text, UTF-8, from its current position to its end; not closed.</param>
    /// <param name="options">Which columns are what; <see langword="null"/> for the defaults.</param>
    /// <exception cref="CsvFormatException">The text is not what the options say; names the line and the column.</exception>
    /// <exception cref="ArgumentException">The options contradict themselves, such as by a column that is used twice.</exception>
    /// <exception cref="InvalidDataException">The stream begins like one of gzip but is damaged.</exception>
    public static Dataset<T> ReadCsv(Stream stream, CsvOptions? options) =>
        ReadCsv(stream ?? throw new ArgumentNullException(nameof(stream)), options, "CSV");

    /// <summary>Reads CSV text.</summary>
    /// <param name="reader">The text; not closed.</param>
    /// <param name="options">Which columns are what; <see langword="null"/> for the defaults.</param>
    /// <exception cref="CsvFormatException">The text is not what the options say; names the line and the column.</exception>
    /// <exception cref="ArgumentException">The options contradict themselves, such as by a column that is used twice.</exception>
    public static Dataset<T> ReadCsv(TextReader reader, CsvOptions? options) =>
        CsvReader<T>.Read(reader ?? throw new ArgumentNullException(nameof(reader)), options ?? new CsvOptions(), "CSV");

    private static Dataset<T> ReadCsv(Stream stream, CsvOptions? options, string name)
    {
        using Stream text = GzipText.Open(stream);
        using StreamReader reader = new(text);
        return CsvReader<T>.Read(reader, options ?? new CsvOptions(), name);
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace GeneratedNetworks;

/// <summary>Reads the little JSON that safetensors headers consist of: objects, strings and arrays of non-negative integers.</summary>
internal sealed class HeaderJson(byte[] json, string file)
{
    // Bytes that are not UTF-8 throw instead of turning into replacement characters.
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    private int _next;

    /// <summary>The tensor being read, for errors.</summary>
    public string? Tensor { get; set; }

    /// <summary>The place in the file of the next token.</summary>
    public long Position
    {
        get
        {
            SkipSpace();
            return 8 + _next;
        }
    }

    public void Expect(char token)
    {
        if (!TryTake(token))
            throw Error($"expected '{token}'{Found()}.");
    }

    public bool TryTake(char token)
    {
        SkipSpace();
        if (_next >= json.Length || json[_next] != token)
            return false;
        _next++;
        return true;
    }

    public void ExpectEnd()
    {
        SkipSpace();
        if (_next < json.Length)
            throw Error($"expected the end of the header{Found()}.");
    }

    public string ReadString()
    {
        Expect('"');
        int start = _next;
        while (_next < json.Length && json[_next] is not ((byte)'"' or (byte)'\\'))
            SkipCharacter();
        if (_next < json.Length && json[_next] == '"')
            return Decode(start, _next++);

        StringBuilder text = new(Decode(start, _next));
        while (_next < json.Length && json[_next] != '"')
        {
            if (json[_next] == '\\')
            {
                text.Append(ReadEscape());
                continue;
            }

            start = _next;
            while (_next < json.Length && json[_next] is not ((byte)'"' or (byte)'\\'))
                SkipCharacter();
            text.Append(Decode(start, _next));
        }

        Expect('"');
        return text.ToString();
    }

    public long[] ReadIntegers(int maxCount)
    {
        Expect('[');
        List<long> values = [];
        if (TryTake(']'))
            return [];
        do
        {
            if (values.Count == maxCount)
                throw Error($"expected at most {maxCount} numbers.");
            values.Add(ReadInteger());
        }
        while (TryTake(','));
        Expect(']');
        return values.ToArray();
    }

    private long ReadInteger()
    {
        SkipSpace();
        int start = _next;
        long value = 0;
        while (_next < json.Length && json[_next] is >= (byte)'0' and <= (byte)'9')
        {
            int digit = json[_next] - '0';
            if (value > (long.MaxValue - digit) / 10)
                throw Error("the number is too large.");
            value = (value * 10) + digit;
            _next++;
        }

        if (_next == start)
            throw Error($"expected a non-negative integer{Found()}.");
        if (json[start] == '0' && _next > start + 1)
            throw Error("a number cannot begin with 0.");
        return value;
    }

    private char ReadEscape()
    {
        char escape = _next + 1 < json.Length ? (char)json[_next + 1] : '\0';
        if (escape == 'u')
        {
            string digits = Decode(Math.Min(_next + 2, json.Length), Math.Min(_next + 6, json.Length));
            if (digits.Length != 4 || !ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
                throw Error("\\u needs four hexadecimal digits.");
            _next += 6;
            return (char)code;
        }

        int index = "\"\\/bfnrt".IndexOf(escape);
        if (index < 0)
            throw Error("there is no such escape.");
        _next += 2;
        return "\"\\/\b\f\n\r\t"[index];
    }

    private void SkipCharacter()
    {
        if (json[_next] < ' ')
            throw Error("a control character stands in a string.");
        _next++;
    }

    private string Decode(int start, int end)
    {
        try
        {
            return StrictUtf8.GetString(json, start, end - start);
        }
        catch (DecoderFallbackException)
        {
            throw Error("a string is not UTF-8.");
        }
    }

    private void SkipSpace()
    {
        while (_next < json.Length && json[_next] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
            _next++;
    }

    private string Found()
    {
        if (_next >= json.Length)
            return " but the header ends";
        byte found = json[_next];
        return found is > (byte)' ' and < 127 ? $" but found '{(char)found}'" : FormattableString.Invariant($" but found byte {found}");
    }

    private NetworkFileException Error(string problem) => new(file, Tensor, 8 + _next, problem);
}
